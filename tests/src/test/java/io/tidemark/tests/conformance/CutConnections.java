package io.tidemark.tests.conformance;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between clients and a port, and cuts their connections when it is told to. */
final class CutConnections implements AutoCloseable {
    private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
    private final NetServer server;

    /** @param port of 127.0.0.1 that is meant */
    CutConnections(Vertx vertx, int port) {
        server = vertx.createNetServer()
                .connectHandler(client -> {
                    client.pause();
                    open.add(client);
                    client.closeHandler(gone -> open.remove(client));
                    vertx.createNetClient().connect(port, "127.0.0.1").onSuccess(to -> join(client, to));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static void join(NetSocket client, NetSocket server) {
        client.handler(server::write);
        server.handler(client::write);
        client.closeHandler(gone -> server.close());
        server.closeHandler(gone -> client.close());
        client.resume();
    }

    int port() {
        return server.actualPort();
    }

    /** Cuts those that there are; how many. */
    int cut() {
        Set<NetSocket> all = Set.copyOf(open);
        open.removeAll(all);
        all.forEach(NetSocket::close);
        return all.size();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
