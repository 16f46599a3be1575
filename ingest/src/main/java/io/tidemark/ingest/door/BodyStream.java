package io.tidemark.ingest.door;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as a stream for one reading thread. The client is paused while the reader is behind by more
 * than the bound.
 */
final class BodyStream extends InputStream {
    private static final long MOST_WAITING_BYTES = 1 << 20;
    private static final long PATIENCE_SECONDS = 60;
    private static final Buffer END = Buffer.buffer(0);
    private static final Buffer GONE = Buffer.buffer(0);

    private final LinkedBlockingQueue<Buffer> chunks = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final HttpServerRequest request;
    private final Context context;
    private @Nullable Buffer current;
    private int at;

    /** Call on the event loop of the request, before any of the body was read. */
    BodyStream(HttpServerRequest request, Context context) {
        this.request = request;
        this.context = context;
        request.handler(chunk -> {
            if (chunk.length() > 0) {
                chunks.add(chunk);
                if (waiting.addAndGet(chunk.length()) > MOST_WAITING_BYTES) {
                    request.pause();
                }
            }
        });
        request.endHandler(end -> chunks.add(END));
        request.exceptionHandler(gone -> chunks.add(GONE));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the two marks are told by identity: an empty chunk may equal them
    public int read(byte[] target, int offset, int length) throws IOException {
        Buffer chunk = current == null ? take() : current;
        if (chunk == END) {
            chunks.add(END);
            return -1;
        }
        if (chunk == GONE) {
            chunks.add(GONE);
            throw new IOException("the client went away before the end of the upload");
        }
        int count = Math.min(length, chunk.length() - at);
        chunk.getBytes(at, at + count, target, offset);
        at += count;
        current = at == chunk.length() ? null : chunk;
        if (current == null) {
            at = 0;
            long left = waiting.addAndGet(-chunk.length());
            if (left <= MOST_WAITING_BYTES && left + chunk.length() > MOST_WAITING_BYTES) {
                context.runOnContext(nothing -> request.resume());
            }
        }
        return count;
    }

    /** Always some: gzip asks whether another member may follow, and 0 would mean no. */
    @Override
    public int available() {
        return 1;
    }

    private Buffer take() throws IOException {
        try {
            Buffer chunk = chunks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (chunk == null) {
                throw new IOException("the client sent nothing for " + PATIENCE_SECONDS + " s");
            }
            return chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the door closes", e);
        }
    }
}
