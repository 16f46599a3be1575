package io.tidemark.tests.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Hands on the bytes of connections to a port of this machine, until they are cut. */
public final class CutProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public CutProxy(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Ends all connections that there are, whatever is on its way; new ones are taken. */
    public void cut() {
        open.forEach(CutProxy::end);
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket behind = new Socket();
        open.add(behind);
        try {
            behind.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            threads.execute(() -> handOn(behind, client));
            handOn(client, behind);
        } catch (IOException e) {
            forget(client, behind);
        }
    }

    private void handOn(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of them is gone, or it was cut
        } finally {
            forget(from, to);
        }
    }

    private void forget(Socket one, Socket other) {
        end(one);
        end(other);
        open.remove(one);
        open.remove(other);
    }

    /** With a reset, not with a goodbye. */
    private static void end(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        threads.close();
    }
}
