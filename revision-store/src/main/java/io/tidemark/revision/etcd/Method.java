package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;

/** A method that takes one message. */
public interface Method {
    /**
     * Answers the call, now or later.
     *
     * @throws InvalidProtocolBufferException when the bytes are not its message
     */
    void call(byte[] request, Call call) throws InvalidProtocolBufferException;
}
