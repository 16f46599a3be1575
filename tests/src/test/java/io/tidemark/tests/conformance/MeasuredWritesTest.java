package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionMetric;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.log.InterruptedLog;
import io.tidemark.revision.log.MemoryLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A write that reads much takes memory as a long answer does: it is refused when there is none, and gives it back. */
class MeasuredWritesTest {
    private static final String DELETE = "etcdserverpb.KV/DeleteRange";
    private static final String PUT = "etcdserverpb.KV/Put";
    private static final int KEYS = 20;
    private static final int VALUE_BYTES = 100_000;
    /** What all of it takes is three times its bytes. */
    private static final long TOO_LITTLE = 4 << 20;

    private static final long ENOUGH = 8 << 20;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private final Semaphore appends = new Semaphore(Integer.MAX_VALUE);

    @Test
    void whatReadsMoreThanThereIsRoomForIsRefusedAndChangesNothing() {
        try (StoreEndpoint store = filled("little", TOO_LITTLE)) {
            long before = revision(store);
            for (Message.Builder much : readingAll()) {
                assertThat(Ask.answer(store, much)).as("%s", much).isInstanceOfSatisfying(Answer.Refusal.class, no -> {
                    assertThat(no.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(no.text()).contains("etcd.answers.memory", "in pages");
                });
                assertThat(memory(store)).as("%s", much).isZero();
            }
            assertThat(revision(store)).isEqualTo(before);
        }
    }

    @Test
    void itIsDoneWhenThereIsRoomWhichIsGivenBack() {
        try (StoreEndpoint store = filled("enough", ENOUGH)) {
            for (Message.Builder much : readingAll().reversed()) {
                assertThat(Ask.done(store, much)).as("%s", much).isNotEmpty();
                await().until(() -> memory(store) == 0);
            }
            assertThat(Ask.done(store, all(), RangeResponse.parser()).getCount())
                    .as("the last one deleted them")
                    .isZero();
        }
    }

    /** Each looks at all values, in one way alone. */
    private static List<Message.Builder> readingAll() {
        RequestOp put =
                RequestOp.newBuilder().setRequestPut(Ask.put("other", "1")).build();
        RequestOp delete =
                RequestOp.newBuilder().setRequestDeleteRange(deleteAll()).build();
        RequestOp get =
                RequestOp.newBuilder().setRequestRange(Ask.range("other")).build();
        RequestOp list = RequestOp.newBuilder().setRequestRange(all()).build();
        Compare compare = Compare.newBuilder()
                .setKey(all().getKey())
                .setRangeEnd(all().getRangeEnd())
                .setTarget(Compare.CompareTarget.VERSION)
                .setResult(Compare.CompareResult.GREATER)
                .build();
        return List.of(
                deleteAll(),
                TxnRequest.newBuilder().addSuccess(put).addSuccess(list),
                TxnRequest.newBuilder().addSuccess(put).addFailure(delete),
                TxnRequest.newBuilder().addCompare(compare).addSuccess(put),
                TxnRequest.newBuilder().addCompare(compare).addSuccess(get),
                TxnRequest.newBuilder()
                        .addSuccess(nested(TxnRequest.newBuilder().addSuccess(list))),
                TxnRequest.newBuilder()
                        .addSuccess(nested(
                                TxnRequest.newBuilder().addCompare(compare).addSuccess(get))),
                TxnRequest.newBuilder()
                        .addSuccess(put)
                        .addSuccess(nested(TxnRequest.newBuilder().addFailure(list))),
                ofEach(key -> RequestOp.newBuilder().setRequestRange(Ask.range(key))),
                ofEach(key -> RequestOp.newBuilder()
                        .setRequestPut(
                                PutRequest.newBuilder().setKey(Ask.bytes(key)).setIgnoreValue(true))));
    }

    private static RequestOp nested(TxnRequest.Builder txn) {
        return RequestOp.newBuilder().setRequestTxn(txn).build();
    }

    private static TxnRequest.Builder ofEach(Function<String, RequestOp.Builder> op) {
        TxnRequest.Builder txn =
                TxnRequest.newBuilder().addSuccess(RequestOp.newBuilder().setRequestPut(Ask.put("other", "1")));
        IntStream.range(0, KEYS).forEach(number -> txn.addSuccess(op.apply(key(number))));
        return txn;
    }

    @Test
    void whatIsRefusedByTheWriterIsToldAsEverAndTakesNothing() {
        try (StoreEndpoint store = filled("refused", ENOUGH)) {
            RequestOp list = RequestOp.newBuilder().setRequestRange(all()).build();
            RequestOp unleased = RequestOp.newBuilder()
                    .setRequestPut(Ask.put("other", "1").setLease(77))
                    .build();
            TxnRequest.Builder tooMany = TxnRequest.newBuilder();
            IntStream.range(0, 129).forEach(number -> tooMany.addSuccess(list));

            assertThat(Ask.answer(
                            store, TxnRequest.newBuilder().addSuccess(list).addSuccess(unleased)))
                    .isEqualTo(new Answer.Refusal(Status.Code.NOT_FOUND, "etcdserver: requested lease not found"));
            assertThat(memory(store)).isZero();
            assertThat(Ask.answer(store, tooMany))
                    .isEqualTo(new Answer.Refusal(
                            Status.Code.INVALID_ARGUMENT, "etcdserver: too many operations in txn request"));
            assertThat(Ask.answer(store, tooMany.addSuccess(unleased)))
                    .isEqualTo(new Answer.Refusal(
                            Status.Code.INVALID_ARGUMENT, "etcdserver: too many operations in txn request"));
            assertThat(memory(store)).isZero();
        }
    }

    @Test
    void whoDoesNotReadTheAnswerKeepsTheMemoryUntilItLeaves() {
        try (StoreEndpoint store = filled("unread", ENOUGH)) {
            ClientCall<byte[], byte[]> unread =
                    store.unread(DELETE, deleteAll().build().toByteArray());
            await().until(() -> memory(store) > ENOUGH / 2);
            await().until(() -> Ask.done(store, all(), RangeResponse.parser()).getCount() == 0);
            fill(store);

            assertThat(Ask.answer(store, deleteAll()))
                    .isEqualTo(new Answer.Refusal(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests"));
            assertThat(Ask.done(store, Ask.delete(key(0), key(1)), DeleteRangeResponse.parser())
                            .getDeleted())
                    .isEqualTo(1);
            unread.cancel("seen enough", null);

            await().until(() -> memory(store) == 0);
            assertThat(Ask.done(store, deleteAll(), DeleteRangeResponse.parser())
                            .getPrevKvsCount())
                    .isEqualTo(KEYS - 1);
        }
    }

    /** One client leaves, another one is told that it takes too long, while both wait for the writer; it does neither's write. */
    @Test
    void whatNobodyWaitsForAnyMoreGivesItBack() throws Exception {
        try (StoreEndpoint store = filled("left", 2 * ENOUGH)) {
            appends.drainPermits();
            CompletableFuture<Answer> held =
                    store.ask(PUT, Ask.put("held", "1").build().toByteArray());
            await().until(() -> appends.hasQueuedThreads());
            ClientCall<byte[], byte[]> leaving =
                    store.unread(DELETE, deleteAll().build().toByteArray());
            await().until(() -> memory(store) > ENOUGH / 2);
            leaving.cancel("no time", null);

            assertThat(Ask.answer(store, deleteAll()))
                    .isEqualTo(new Answer.Refusal(Status.Code.UNAVAILABLE, "etcdserver: request timed out"));
            assertThat(held.join()).isInstanceOf(Answer.Refusal.class);
            assertThat(memory(store)).as("the writer may still begin").isGreaterThan(ENOUGH);
            appends.release(1_000);

            await().until(() -> memory(store) == 0);
            assertThat(Ask.done(store, all(), RangeResponse.parser()).getCount())
                    .isEqualTo(KEYS);
        } finally {
            appends.release(1_000);
        }
    }

    private static double memory(StoreEndpoint store) {
        return store.gauge(RevisionMetric.ANSWERS_MEMORY);
    }

    private static long revision(StoreEndpoint store) {
        return Ask.done(store, Ask.range("other"), RangeResponse.parser())
                .getHeader()
                .getRevision();
    }

    private static RangeRequest.Builder all() {
        return Ask.range("k/", "k0");
    }

    private static DeleteRangeRequest.Builder deleteAll() {
        return Ask.delete("k/", "k0").setPrevKv(true);
    }

    private StoreEndpoint filled(String name, long memory) {
        StoreEndpoint store = new StoreEndpoint(
                LOOPS.vertx(),
                folder.resolve(name),
                (keyspace, codec) -> new InterruptedLog(new MemoryLog(codec.key()), appends::acquireUninterruptibly),
                Map.of(RevisionConfig.ANSWERS_MEMORY.name(), String.valueOf(memory), "etcd.request.timeout", "1s"));
        fill(store);
        return store;
    }

    private static void fill(StoreEndpoint store) {
        for (int i = 0; i < KEYS; i++) {
            Ask.done(
                    store,
                    PutRequest.newBuilder()
                            .setKey(Ask.bytes(key(i)))
                            .setValue(ByteString.copyFrom(new byte[VALUE_BYTES])));
        }
    }

    private static String key(int number) {
        return "k/%02d".formatted(number);
    }
}
