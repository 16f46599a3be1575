package io.tidemark.revision.etcd;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of one answer on its way into a stream of HTTP/2, of which Netty never gets more than the client has room for.
 *
 * <p>What Netty holds back for one stream it counts against the connection's window, and while that makes the window
 * seem used up it reports every stream of the connection as full ({@code DefaultHttp2RemoteFlowController}): a client that
 * stops reading one long answer would get no other answer either, and clients of etcd have one connection for all they do.
 * So the next part waits here until the one before it is on the wire:
 *
 * <pre>
 *   write ─► waiting ─┬─ window 40 kB ──► part of 40 kB ─► Netty ─► wire ─► next part
 *                     └─ window used up ─► part of 1 kB ─► Vert.x, which hands it on once there is room ─► next part
 * </pre>
 *
 * On the stream's event loop.
 */
final class PacedStream {
    /** Others of the connection get their turn after so many bytes. */
    private static final int PART_BYTES = 64 * 1024;
    /** Any client that makes room makes more than this. */
    private static final int FIRST_BYTES = 1024;
    /** From this size on bytes are not copied to go out with those before them. */
    private static final int LARGE_BYTES = 8 * 1024;
    /** Messages are taken while fewer bytes wait. */
    private static final int WAITING_BYTES = 256 * 1024;

    private final HttpServerResponse http;
    private final StreamConnection connection;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** Of what the part that is on its way was the last of. */
    private final List<Runnable> leaving = new ArrayList<>();

    private long waitingBytes;
    private int sent;
    private boolean sending;
    private boolean lost;
    private @Nullable Runnable drained;
    private @Nullable Runnable end;

    private record Waiting(Buffer bytes, Runnable taken) {}

    /**
     * @param http takes the parts
     * @param connection that they go by
     */
    PacedStream(HttpServerResponse http, StreamConnection connection) {
        this.http = http;
        this.connection = connection;
    }

    /**
     * Bytes of the body, which must not change from now on.
     *
     * @param taken called when nobody reads them any more; once
     */
    void write(Buffer bytes, Runnable taken) {
        if (lost || bytes.length() == 0) {
            taken.run();
        } else {
            waiting.add(new Waiting(bytes, taken));
            waitingBytes += bytes.length();
        }
    }

    /** Begins to send what was written, unless that is under way. */
    void flush() {
        if (!sending) {
            sending = true;
            send();
        }
    }

    /** Whether the client should take what waits before there is more. */
    boolean isFull() {
        return waitingBytes >= WAITING_BYTES;
    }

    /** What is to be done when there is room again; once, and never when the stream is closed before. */
    void whenDrained(Runnable action) {
        drained = action;
    }

    /** What is to be done when all has been sent; once, and never when the stream is closed before. */
    void whenSent(Runnable action) {
        end = action;
        flush();
    }

    private void send() {
        while (!waiting.isEmpty()) {
            Future<Void> written = http.write(part());
            if (drained != null && !isFull()) {
                Runnable action = drained;
                drained = null;
                action.run();
            }
            if (!written.isComplete()) {
                written.onComplete(this::sent);
                return;
            }
            if (written.failed()) {
                drop();
                return;
            }
            left();
        }
        sending = false;
        if (end != null) {
            Runnable action = end;
            end = null;
            action.run();
        }
    }

    private void left() {
        leaving.forEach(Runnable::run);
        leaving.clear();
    }

    private void sent(AsyncResult<Void> written) {
        if (written.succeeded()) {
            left();
            send();
        } else {
            drop();
        }
    }

    /** The client left. A part that failed may have gone out in part, and what did may still be on its way to the socket. */
    private void drop() {
        lost = true;
        List<Runnable> taken = new ArrayList<>(leaving);
        waiting.forEach(unsent -> taken.add(unsent.taken()));
        leaving.clear();
        waiting.clear();
        waitingBytes = 0;
        connection.whenWritten(() -> taken.forEach(Runnable::run));
    }

    private Buffer part() {
        int room = connection.window();
        return part(room > 0 ? Math.min(room, PART_BYTES) : FIRST_BYTES);
    }

    private Buffer part(int most) {
        int small = small(most);
        if (small == 0 || waiting.size() == 1) {
            return slice(most);
        }
        Buffer part = Buffer.buffer(small);
        while (part.length() < small) {
            part.appendBuffer(slice(small - part.length()));
        }
        boolean room = small < most && !waiting.isEmpty();
        return room ? RangeBytes.joined(part, slice(most - small)) : part;
    }

    /** Bytes that wait before the first that should not be copied. */
    private int small(int most) {
        int bytes = -sent;
        for (Waiting next : waiting) {
            int length = next.bytes().length();
            if (bytes >= most || length + Math.min(bytes, 0) >= LARGE_BYTES) {
                break;
            }
            bytes += length;
        }
        return Math.clamp(bytes, 0, most);
    }

    private Buffer slice(int most) {
        Waiting first = waiting.getFirst();
        int end = Math.min(first.bytes().length(), sent + most);
        Buffer slice = first.bytes().slice(sent, end);
        waitingBytes -= end - sent;
        sent = end;
        if (sent == first.bytes().length()) {
            leaving.add(waiting.removeFirst().taken());
            sent = 0;
        }
        return slice;
    }
}
