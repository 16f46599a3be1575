package io.tidemark.deploy.broker;

import io.tidemark.deploy.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two sockets of a broker, bound before Kafka starts: a taken port is found at once and told clearly, and port 0
 * has its number before the configuration that must name it is written.
 */
final class BoundPorts implements ServerSocketFactory, AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocketChannel clients;
    private final ServerSocketChannel controllers;

    private BoundPorts(ServerSocketChannel clients, ServerSocketChannel controllers) {
        this.clients = clients;
        this.controllers = controllers;
    }

    static BoundPorts bind(BrokerSettings settings) {
        ServerSocketChannel clients = bind(settings.host(), settings.port());
        return new BoundPorts(clients, bind(settings.host(), 0));
    }

    int clientPort() {
        return clients.socket().getLocalPort();
    }

    int controllerPort() {
        return controllers.socket().getLocalPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) throws IOException {
        ServerSocketChannel channel = address.getPort() == clientPort() ? clients : controllers;
        channel.configureBlocking(false);
        return channel;
    }

    @Override
    public void close() {
        try (clients;
                controllers) {
            // both are closed, whatever the first one throws
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocketChannel bind(String host, int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(host, port), BACKLOG);
                return channel;
            } catch (BindException e) {
                channel.close();
                throw StartFailure.portTaken(host, port, "embedded Kafka", "kafka.port");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
