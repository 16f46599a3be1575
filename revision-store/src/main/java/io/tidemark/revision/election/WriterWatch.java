package io.tidemark.revision.election;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the node that writes, a thread of its own, and takes it out of the group when it is gone: its port refuses
 * connections, so its process has ended; or it accepts them and says nothing for a sixth of a session, as one that is
 * stopped. A network that swallows packets proves nothing: then Kafka has to notice. A node that was taken out itself does
 * not take out others for a session, so that two who refuse each other do not go on without a pause.
 *
 * <pre>
 *   asked ──answers, or unreachable──► asked again in a moment
 *     └──refused, or silent──► taken out of the group
 * </pre>
 */
final class WriterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WriterWatch.class);
    private static final long EVERY_MILLIS = 200;
    private static final int CONNECT_MILLIS = 500;
    /** Part of a session without an answer after which a node counts as stopped. */
    private static final int SILENT = 6;

    private static final byte[] ASKED =
            "GET /livez HTTP/1.1\r\nHost: writer\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ElectionSettings settings;
    private final Group group;
    private final Runnable takenOut;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile String writer = "";
    private volatile long restsUntilNanos = System.nanoTime();

    /** @param takenOut called when a node was, on the thread that watches */
    WriterWatch(ElectionSettings settings, Group group, Runnable takenOut) {
        this.settings = settings;
        this.group = group;
        this.takenOut = takenOut;
        this.thread =
                Thread.ofVirtual().name("writer-watch-" + settings.keyspace()).start(this::run);
    }

    /** @param address of the node that writes; empty when that is this one, or nobody is known */
    void watch(String address) {
        writer = address;
    }

    /** This node itself was taken out. */
    void rest() {
        restsUntilNanos = System.nanoTime() + settings.session().toNanos();
    }

    private void run() {
        try {
            while (!closing.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                String watched = writer;
                if (!watched.isEmpty() && System.nanoTime() - restsUntilNanos >= 0 && isGone(watched)) {
                    takeOut(watched);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the node that writes is no longer watched");
        }
    }

    private void takeOut(String gone) {
        if (gone.equals(writer) && group.remove(gone)) {
            LOG.warn("Keyspace {}: {} wrote, and does not react: taken out", settings.keyspace(), gone);
            takenOut.run();
        }
    }

    /** Whatever comes back is a sign of life, an error of TLS, too. */
    private boolean isGone(String address) {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
                    CONNECT_MILLIS);
            return isSilent(socket);
        } catch (ConnectException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isSilent(Socket socket) {
        try {
            socket.setSoTimeout((int) settings.session().toMillis() / SILENT);
            socket.getOutputStream().write(ASKED);
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false; // it closed the connection, so it is there
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
