package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.ByteSlice;
import io.tidemark.service.ByteBudget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;

/**
 * Collects the body of one request, never more than the limit, and never without room in the budget that all requests
 * share. Lives on the request's event loop.
 */
final class BoundedBody {
    /** What to do with the body, to be released when its bytes are no longer needed, or with the reason why there is none. */
    interface Receiver {
        void body(ByteSlice body, Runnable release);

        void refused(Problem problem);
    }

    private static final int FIRST_BYTES = 64 * 1024;

    private final ByteBudget budget;
    private final int limitBytes;
    private final Receiver receiver;
    private byte[] bytes = new byte[0];
    private int length;
    private long taken;
    private boolean refused;
    private boolean finished;

    private BoundedBody(ByteBudget budget, int limitBytes, Receiver receiver) {
        this.budget = budget;
        this.limitBytes = limitBytes;
        this.receiver = receiver;
    }

    /** Reads the body of a request that nobody has read from. */
    static BoundedBody read(HttpServerRequest request, ByteBudget budget, int limitBytes, Receiver receiver) {
        BoundedBody body = new BoundedBody(budget, limitBytes, receiver);
        long announced = contentLength(request);
        if (announced > limitBytes) {
            body.refuse(tooLarge(limitBytes, "has " + announced + " bytes"));
        } else if (announced <= 0 || body.grow((int) announced)) {
            request.handler(body::add);
            request.endHandler(end -> body.finish());
            request.exceptionHandler(gone -> body.abandon());
        }
        return body;
    }

    /** Its time is over: a body that is not whole by now is refused, and its room given to others. */
    boolean expire(Duration time) {
        if (finished || refused) {
            return false;
        }
        refuse(Problem.of(
                408,
                "Body too slow",
                "The body was not whole after " + time.toMillis() / 1000.0
                        + " s, the limit (audit.limit.body.time). Send it again."));
        return true;
    }

    static Problem tooLarge(int limitBytes, String found) {
        return Problem.of(
                413,
                "Body too large",
                "The body " + found + ", the limit is " + limitBytes
                        + ". Send smaller lists (kube-apiserver: --audit-webhook-batch-max-size), or raise"
                        + " audit.limit.body.bytes.");
    }

    private void add(Buffer chunk) {
        if (refused) {
            return;
        }
        int needed = length + chunk.length();
        if (chunk.length() > limitBytes - length) {
            refuse(tooLarge(limitBytes, "has more than " + limitBytes + " bytes"));
            return;
        }
        if (needed > bytes.length && !grow(Math.min(limitBytes, Math.max(needed, Math.max(FIRST_BYTES, length * 2))))) {
            return;
        }
        chunk.getBytes(bytes, length);
        length = needed;
    }

    private boolean grow(int size) {
        long more = size - taken;
        if (!budget.tryTake(more)) {
            refuse(Problem.of(
                    503,
                    "Door is full",
                    "Bodies of " + budget.usedBytes() + " bytes are being worked on, the limit is "
                            + budget.limitBytes() + " (audit.limit.buffer.bytes). Send it again later."));
            return false;
        }
        taken += more;
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    private void refuse(Problem problem) {
        release();
        receiver.refused(problem);
    }

    private void finish() {
        if (!refused) {
            finished = true;
            receiver.body(new ByteSlice(bytes, 0, length), this::release);
        }
    }

    /** The client went away: before the end of the body nobody else will let go of its bytes. */
    private void abandon() {
        if (!finished) {
            release();
        }
    }

    private void release() {
        budget.release(taken);
        taken = 0;
        bytes = new byte[0];
        length = 0;
        refused = true;
    }

    private static long contentLength(HttpServerRequest request) {
        String header = request.getHeader("Content-Length");
        try {
            return header == null ? -1 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return -1; // the HTTP server has refused such a request already
        }
    }
}
