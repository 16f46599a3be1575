package io.tidemark.revision.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class SlowCallsTest {
    private static final ByteString SECRET = ByteString.copyFromUtf8("/registry/secrets/shop/password");

    @Test
    void theKeyIsToldUpToItsLastSlash() {
        assertThat(prefix("Range", RangeRequest.newBuilder().setKey(SECRET).build()))
                .isEqualTo("/registry/secrets/shop/");
        assertThat(prefix(
                        "Put",
                        PutRequest.newBuilder().setKey(SECRET).setValue(SECRET).build()))
                .isEqualTo("/registry/secrets/shop/");
    }

    @Test
    void theBeginningOfALargeCallIsEnough() {
        Buffer large = Buffer.buffer(PutRequest.newBuilder()
                .setKey(SECRET)
                .setValue(ByteString.copyFrom(new byte[100_000]))
                .build()
                .toByteArray());
        Buffer longKey = Buffer.buffer(PutRequest.newBuilder()
                .setKey(SECRET.concat(ByteString.copyFrom(new byte[100_000])))
                .build()
                .toByteArray());

        assertThat(SlowCalls.head(large).length()).isLessThan(2_000);
        assertThat(SlowCalls.prefix("etcdserverpb.KV/Put", SlowCalls.head(large)))
                .isEqualTo("/registry/secrets/shop/");
        assertThat(SlowCalls.prefix("etcdserverpb.KV/Put", SlowCalls.head(longKey)))
                .isEqualTo("/registry/secrets/shop/");
    }

    @Test
    void whatHasNoKeyTellsNone() {
        assertThat(prefix("Range", RangeRequest.getDefaultInstance())).isEmpty();
        assertThat(prefix(
                        "Compact", CompactionRequest.newBuilder().setRevision(7).build()))
                .isEmpty();
        assertThat(prefix("Put", PutRequest.newBuilder().setValue(SECRET).build()))
                .as("a value is not told, whatever it looks like")
                .isEmpty();
        assertThat(SlowCalls.prefix("etcdserverpb.KV/Put", Buffer.buffer(new byte[] {10, 99})))
                .isEmpty();
        assertThat(SlowCalls.prefix("etcdserverpb.Auth/Authenticate", Buffer.buffer(new byte[] {10, 2, 'a', '/'})))
                .isEmpty();
    }

    private static String prefix(String method, MessageLite request) {
        return SlowCalls.prefix("etcdserverpb.KV/" + method, Buffer.buffer(request.toByteArray()));
    }
}
