package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserListRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.ForwardingLog;
import io.tidemark.revision.log.MemoryLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A log that takes a group and does not come back. */
class SilentLogTest {
    private static final Answer TIMED_OUT =
            new Answer.Refusal(Status.Code.UNAVAILABLE, "etcdserver: request timed out");

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private Path folder;

    @Test
    void whatWaitsForItIsGivenUpAndWhatItTookIsThereLater() throws Exception {
        CountDownLatch speaks = new CountDownLatch(1);
        try (StoreEndpoint store = new StoreEndpoint(
                LOOPS.vertx(),
                folder,
                (keyspace, codec) -> new SilentLog(new MemoryLog(codec.key()), speaks),
                Map.of("etcd.request.timeout", "300ms"))) {
            assertThat(Ask.answer(store, Ask.put("a", "x"))).isEqualTo(TIMED_OUT);
            // the record is there and not applied: what is asked now has to wait for it
            assertThat(Ask.answer(store, Ask.range("a"))).isEqualTo(TIMED_OUT);
            assertThat(Ask.answer(store, Ask.compact(2))).isEqualTo(TIMED_OUT);
            assertThat(Ask.answer(store, Ask.leases())).isEqualTo(TIMED_OUT);
            assertThat(Ask.answer(store, AlarmRequest.newBuilder())).isEqualTo(TIMED_OUT);
            assertThat(Ask.answer(store, AuthUserListRequest.newBuilder())).isEqualTo(TIMED_OUT);
            assertThat(Ask.answer(
                            store,
                            AuthUserAddRequest.newBuilder().setName("ann").setPassword("x")))
                    .isEqualTo(TIMED_OUT);
            assertThat(Ask.answer(store, Txn.of(Ask.range("a")).build().toBuilder()))
                    .isEqualTo(TIMED_OUT);

            assertThat(Ask.done(store, Ask.range("a").setSerializable(true), RangeResponse.parser())
                            .getCount())
                    .isZero();
            assertThat(Ask.answer(store, Txn.of(Ask.range("a").setSerializable(true)).build().toBuilder()))
                    .isInstanceOf(Answer.Bytes.class);

            speaks.countDown();
            Ask.done(store, Ask.put("b", "x"));
            assertThat(Ask.done(store, Ask.range("a"), RangeResponse.parser()).getCount())
                    .isEqualTo(1);
        } finally {
            speaks.countDown();
        }
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
