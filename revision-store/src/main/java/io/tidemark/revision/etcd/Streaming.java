package io.tidemark.revision.etcd;

/** A method that takes a stream of messages. */
public interface Streaming {
    /** Begins to receive the call's messages, and answers them. On the call's event loop. */
    void begin(Call call);
}
