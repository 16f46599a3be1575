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

    /**
     * The same.
     *
     * @param taken what is to be done when nobody reads its bytes any more; once
     */
    void write(Buffer message, Runnable taken);

    /** Whether the only message of an answer can be handed over in parts. */
    boolean takesParts();

    /**
     * A part of the only message of an answer, when they are taken; what follows the last one is the answer's end.
     *
     * @param length of the message
     * @param taken as above
     */
    void writePart(int length, Buffer part, Runnable taken);

    boolean isFull();

    /** What is to be done when there is room again. */
    void whenDrained(Runnable action);

    /** The only message of an answer, or its last. */
    void end(Buffer message);

    /**
     * The same.
     *
     * @param taken as above
     */
    void end(Buffer message, Runnable taken);

    void end();

    /** It was answered, or is not going to be: nothing of what came in is needed any more. */
    void over();

    /** A status other than OK. */
    void refuse(GrpcStatus status, String text);
}
