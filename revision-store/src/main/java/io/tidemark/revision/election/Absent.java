package io.tidemark.revision.election;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether the node that writes is gone, as seen from here: its port refuses connections, so its process has ended; or it
 * accepts them and says nothing for a third of a session, as one that is stopped. A network that swallows packets proves nothing:
 * then Kafka has to notice. A node that was taken out itself does not take out others for a while, so that two who do not
 * reach each other do not go on for ever.
 */
final class Absent {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int SESSIONS_OF_REST = 5;
    private static final int CONNECT_MILLIS = 500;
    /** Part of a session without an answer after which a node counts as stopped. */
    private static final int SILENT = 3;

    private static final byte[] ASKED =
            "GET /livez HTTP/1.1\r\nHost: writer\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Duration session;
    private long askedNanos = System.nanoTime() - EVERY_NANOS;
    private long restsUntilNanos = System.nanoTime();

    /** What was heard of a node. */
    private enum Sign {
        ALIVE,
        REFUSED,
        SILENT,
        UNREACHABLE
    }

    Absent(Duration session) {
        this.session = session;
    }

    /** This node itself was taken out. */
    void wasTakenOut(long nowNanos) {
        restsUntilNanos = nowNanos + SESSIONS_OF_REST * session.toNanos();
    }

    /** @param writer its address, {@code host:port}; empty when nobody is known */
    boolean isAbsent(String writer, long nowNanos) {
        if (writer.isEmpty() || nowNanos - askedNanos < EVERY_NANOS || nowNanos - restsUntilNanos < 0) {
            return false;
        }
        Sign sign = ask(writer);
        askedNanos = System.nanoTime();
        return sign == Sign.REFUSED || sign == Sign.SILENT;
    }

    /** Whatever comes back is a sign of life, an error of TLS, too. */
    private Sign ask(String writer) {
        int colon = writer.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(writer.substring(0, colon), Integer.parseInt(writer.substring(colon + 1))),
                    CONNECT_MILLIS);
            return answers(socket) ? Sign.ALIVE : Sign.SILENT;
        } catch (ConnectException e) {
            return Sign.REFUSED;
        } catch (IOException e) {
            return Sign.UNREACHABLE;
        }
    }

    private boolean answers(Socket socket) {
        try {
            socket.setSoTimeout((int) session.toMillis() / SILENT);
            socket.getOutputStream().write(ASKED);
            return socket.getInputStream().read() >= -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // it closed the connection, so it is there
        }
    }
}
