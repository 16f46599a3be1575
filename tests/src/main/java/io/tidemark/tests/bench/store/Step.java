package io.tidemark.tests.bench.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;

/** One call of a workload. */
interface Step {
    /** The path, as {@code /etcdserverpb.KV/Txn}. */
    String method();

    MessageLite message();

    /** Whether what came back is looked at; large answers are only counted. */
    boolean keepsAnswer();

    /**
     * Looks at what came back.
     *
     * @param message the answer's only message; nothing when it is not kept
     * @param bytes of the whole answer
     * @throws IllegalStateException when it is not what the workload expects
     */
    void answered(byte[] message, long bytes) throws InvalidProtocolBufferException;
}
