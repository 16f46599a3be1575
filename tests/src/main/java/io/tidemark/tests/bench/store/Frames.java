package io.tidemark.tests.bench.store;

import com.google.protobuf.MessageLite;
import io.vertx.core.buffer.Buffer;

/** gRPC's framing of messages: one byte 0 for "not compressed", the length in four, the message. */
final class Frames {
    private static final int HEAD_BYTES = 5;

    private Frames() {}

    static Buffer of(MessageLite message) {
        byte[] bytes = message.toByteArray();
        return Buffer.buffer(HEAD_BYTES + bytes.length)
                .appendByte((byte) 0)
                .appendInt(bytes.length)
                .appendBytes(bytes);
    }

    /** The only message of an answer. */
    static byte[] only(Buffer answer) {
        return answer.getBytes(HEAD_BYTES, answer.length());
    }
}
