package io.tidemark.tests.bench.store;

import com.google.protobuf.MessageLite;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

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

    /** Messages of one answer as they come; what is not whole yet is kept. */
    static final class Received {
        private final Consumer<byte[]> messages;
        private Buffer rest = Buffer.buffer();

        Received(Consumer<byte[]> messages) {
            this.messages = messages;
        }

        void add(Buffer part) {
            Buffer all = rest.length() == 0 ? part : rest.appendBuffer(part);
            int at = 0;
            while (all.length() - at >= HEAD_BYTES && all.length() - at - HEAD_BYTES >= all.getInt(at + 1)) {
                int length = all.getInt(at + 1);
                messages.accept(all.getBytes(at + HEAD_BYTES, at + HEAD_BYTES + length));
                at += HEAD_BYTES + length;
            }
            rest = at == all.length() ? Buffer.buffer() : all.getBuffer(at, all.length());
        }
    }

    /** The only message of an answer. */
    static byte[] only(Buffer answer) {
        return answer.getBytes(HEAD_BYTES, answer.length());
    }
}
