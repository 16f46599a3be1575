package io.tidemark.tests.bench.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Values that say when their put was due. */
enum Stamped {
    /** In their first eight bytes. */
    BYTES {
        @Override
        ByteString of(ByteString value, long due) {
            ByteBuffer stamp = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(due)
                    .flip();
            return UnsafeByteOperations.unsafeWrap(stamp).concat(value.substring(Long.BYTES));
        }
    },

    /** In an object as kube-apiserver stores custom ones, about as long. */
    OBJECT {
        @Override
        ByteString of(ByteString value, long due) {
            String content = Base64.getEncoder()
                    .encodeToString(
                            value.substring(0, value.size() * 3 / 4 - MEMBERS).toByteArray());
            return ByteString.copyFrom(
                    "{\"apiVersion\":\"bench.example/v1\",\"kind\":\"Tide\",\"metadata\":{\"name\":\"tide\",\"namespace\":\"bench\","
                            + "\"labels\":{\"app\":\"tide\"}},\"spec\":{\"due\":" + due + ",\"content\":\"" + content
                            + "\"}}",
                    StandardCharsets.US_ASCII);
        }
    };

    private static final int MEMBERS = 128;

    abstract ByteString of(ByteString value, long due);
}
