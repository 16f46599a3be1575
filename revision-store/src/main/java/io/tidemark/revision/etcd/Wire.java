package io.tidemark.revision.etcd;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a call comes by, and what its answer goes by. On the call's event loop. */
interface Wire {
    /** What the client says beside its messages. */
    MultiMap metadata();

    /** The common name of the client's certificate, empty when it has none; null when no certificate counts. */
    @Nullable
    String commonName();

    /** Each message as it comes, then that none follows. */
    void receive(Consumer<Buffer> message, Runnable end);

    /** Messages wait until {@link #resume}. */
    void pause();

    void resume();

    /** What is to be done when the stream is closed: by the client, or as the answer is complete. */
    void whenGone(Runnable action);

    /**
     * One of several messages of an answer.
     *
     * @param parts that it is put together from, which must not change
     */
    void write(Buffer... parts);

    boolean isFull();

    /** What is to be done when there is room again. */
    void whenDrained(Runnable action);

    /** The only message of an answer, or its last. */
    void end(Buffer message);

    void end();

    /** A status other than OK. */
    void refuse(GrpcStatus status, String text);
}
