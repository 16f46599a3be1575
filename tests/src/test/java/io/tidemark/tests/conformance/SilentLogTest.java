package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserListRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.ForwardingLog;
import io.tidemark.revision.log.MemoryLog;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that takes a group and does not come back. */
class SilentLogTest {
    private static final Answer TIMED_OUT =
            new Answer.Refusal(Status.Code.UNAVAILABLE, "etcdserver: request timed out");

    @TempDir
    private Path folder;

    @Test
    void whatWaitsForItIsGivenUpAndWhatItTookIsThereLater() throws Exception {
        Vertx vertx = Vertx.vertx();
        CountDownLatch speaks = new CountDownLatch(1);
        try (StoreEndpoint store = new StoreEndpoint(
                vertx,
                folder,
                (keyspace, codec) -> new SilentLog(new MemoryLog(codec.key()), speaks),
                Map.of("etcd.request.timeout", "300ms"))) {
            assertThat(ask(store, Ask.put("a", "x")).join()).isEqualTo(TIMED_OUT);
            // the record is there and not applied: what is asked now has to wait for it
            assertThat(ask(store, Ask.range("a")).join()).isEqualTo(TIMED_OUT);
            assertThat(ask(store, Ask.compact(2)).join()).isEqualTo(TIMED_OUT);
            assertThat(ask(store, Ask.leases()).join()).isEqualTo(TIMED_OUT);
            assertThat(ask(store, AlarmRequest.newBuilder()).join()).isEqualTo(TIMED_OUT);
            assertThat(ask(store, AuthUserListRequest.newBuilder()).join()).isEqualTo(TIMED_OUT);
            assertThat(ask(store, AuthUserAddRequest.newBuilder().setName("ann").setPassword("x"))
                            .join())
                    .isEqualTo(TIMED_OUT);
            assertThat(ask(store, Txn.of(Ask.range("a")).build().toBuilder()).join())
                    .isEqualTo(TIMED_OUT);

            assertThat(found(ask(store, Ask.range("a").setSerializable(true)))).isZero();
            assertThat(ask(store, Txn.of(Ask.range("a").setSerializable(true)).build().toBuilder())
                            .join())
                    .isInstanceOf(Answer.Bytes.class);

            speaks.countDown();
            assertThat(ask(store, Ask.put("b", "x")).join()).isInstanceOf(Answer.Bytes.class);
            assertThat(found(ask(store, Ask.range("a")))).isEqualTo(1);
        } finally {
            speaks.countDown();
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Answer> ask(StoreEndpoint store, Message.Builder request) {
        Message message = request.build();
        return store.ask(EtcdMethod.taking(message).path(), message.toByteArray());
    }

    private static long found(CompletableFuture<Answer> range) {
        Answer answer = range.join();
        assertThat(answer).isInstanceOf(Answer.Bytes.class);
        return Ask.parsed(RangeResponse.parser(), ((Answer.Bytes) answer).message())
                .getCount();
    }

    /** Appends, and comes back when it is let; the writer's first record, with which it begins, is let through. */
    private static final class SilentLog extends ForwardingLog {
        private final CountDownLatch speaks;
        private boolean begun;

        SilentLog(MemoryLog log, CountDownLatch speaks) {
            super(log);
            this.speaks = speaks;
        }

        @Override
        public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
            long first = super.append(values);
            if (begun) {
                try {
                    speaks.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            begun = true;
            return first;
        }
    }
}
