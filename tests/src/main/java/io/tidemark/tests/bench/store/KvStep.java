package io.tidemark.tests.bench.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;

/** A call of the KV service whose answer is looked at by a function. */
record KvStep(String name, MessageLite message, boolean keepsAnswer, Look look) implements Step {
    @Override
    public String method() {
        return "/etcdserverpb.KV/" + name;
    }

    @Override
    public void answered(byte[] answer, long bytes) throws InvalidProtocolBufferException {
        look.at(answer, bytes);
    }

    /** See {@link Step#answered}. */
    interface Look {
        void at(byte[] answer, long bytes) throws InvalidProtocolBufferException;
    }
}
