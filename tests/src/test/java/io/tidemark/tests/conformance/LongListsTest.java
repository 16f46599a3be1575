package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionMetric;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.RangeStreamResponse;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.tests.robustness.Seeds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Lists of megabytes are read while they go out, and take little memory however long they are and however slow who reads them. */
class LongListsTest {
    private static final String RANGE = "etcdserverpb.KV/Range";
    private static final String STREAM = "etcdserverpb.KV/RangeStream";
    private static final int KEYS = 2_000;
    private static final long MEMORY = 4 << 20;
    private static final long SEED = Seeds.first();

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    /** Against the answer in the opposite order, which is made in another way: from objects, as a whole. */
    @Test
    void aLongListIsTheSameAsTheOneTheOtherWayRound() throws Exception {
        Random random = new Random(SEED);
        try (StoreEndpoint store = filled("same", Map.of(), random)) {
            long past = Ask.done(store, Ask.everything(), RangeResponse.parser())
                    .getHeader()
                    .getRevision();
            for (int i = 0; i < 300; i++) {
                put(store, random.nextInt(KEYS), random.nextInt(5_000), random);
                Ask.done(store, Ask.delete(key(random.nextInt(KEYS))));
            }
            for (RangeRequest.Builder asked : List.of(
                    Ask.range("k/", "k0"),
                    Ask.range("k/", "k0").setRevision(past),
                    Ask.range("k/", "k0").setRevision(2 + random.nextInt((int) past)),
                    Ask.range("k/", "k0").setKeysOnly(true),
                    Ask.range("k/", "k0").setLimit(1_000 + random.nextInt(500)),
                    Ask.range("k/", "k0").setLimit(1_000).setRevision(past))) {
                RangeResponse expected = theOtherWayRound(store, asked);

                assertThat(Ask.done(store, asked, RangeResponse.parser()))
                        .as("-Dtidemark.seed=%d, %s", SEED, asked)
                        .isEqualTo(expected);
                assertThat(streamed(store, asked))
                        .as("-Dtidemark.seed=%d, %s", SEED, asked)
                        .isEqualTo(expected);
            }
        }
    }

    private static RangeResponse theOtherWayRound(StoreEndpoint store, RangeRequest.Builder asked) {
        RangeRequest.Builder all = asked.clone()
                .setLimit(0)
                .setSortTarget(RangeRequest.SortTarget.KEY)
                .setSortOrder(RangeRequest.SortOrder.DESCEND);
        RangeResponse answer = Ask.done(store, all, RangeResponse.parser());
        List<KeyValue> kvs = answer.getKvsList().reversed();
        boolean more = asked.getLimit() > 0 && kvs.size() > asked.getLimit();
        return answer.toBuilder()
                .clearKvs()
                .addAllKvs(more ? kvs.subList(0, (int) asked.getLimit()) : kvs)
                .setMore(more)
                .build();
    }

    private static RangeResponse streamed(StoreEndpoint store, RangeRequest.Builder asked)
            throws InvalidProtocolBufferException {
        Iterator<byte[]> messages = store.messages(STREAM, asked.build().toByteArray());
        RangeResponse.Builder all = RangeResponse.newBuilder();
        while (messages.hasNext()) {
            all.mergeFrom(RangeStreamResponse.parseFrom(messages.next()).getRangeResponse());
        }
        return all.build();
    }

    @Test
    void whoeverDoesNotReadTakesNoMemoryFromOthersAndGivesItBack() throws Exception {
        Random random = new Random(SEED);
        try (StoreEndpoint store = filled("unread", memory(), random)) {
            byte[] all = Ask.range("k/", "k0").build().toByteArray();
            List<ClientCall<byte[], byte[]>> unread = new ArrayList<>();
            while (store.gauge(RevisionMetric.ANSWERS_MEMORY) < MEMORY - (256 << 10) && unread.size() < 100) {
                unread.add(store.unread(unread.size() % 2 == 0 ? RANGE : STREAM, all));
                Ask.done(store, Ask.range(key(1)));
            }

            await().untilAsserted(() -> assertThat(store.call(RANGE, all)).isEqualTo(tooMany()));
            assertThat(unread).hasSizeLessThan(100);
            assertThat(store.gauge(RevisionMetric.ANSWERS_MEMORY)).isLessThan(3 * MEMORY);
            assertThat(Ask.done(store, Ask.range("k/", "k0").setLimit(3), RangeResponse.parser())
                            .getKvsCount())
                    .isEqualTo(3);
            unread.forEach(call -> call.cancel("seen enough", null));

            await().until(() -> store.gauge(RevisionMetric.ANSWERS_MEMORY) == 0);
            assertThat(Ask.done(store, Ask.range("k/", "k0"), RangeResponse.parser())
                            .getKvsCount())
                    .isEqualTo(KEYS);
        }
    }

    /** Memory is used again as soon as it was sent, also when a client leaves in the middle. */
    @Test
    void listsAtTheSameTimeAreEachWhole() {
        Random random = new Random(SEED);
        try (StoreEndpoint store = filled("together", Map.of(), random)) {
            byte[] all = Ask.range("k/", "k0").build().toByteArray();
            byte[] expected = Ask.done(store, Ask.range("k/", "k0"));
            for (int round = 0; round < 10; round++) {
                List<ClientCall<byte[], byte[]>> leaving = new ArrayList<>();
                List<CompletableFuture<Answer>> lists = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    leaving.add(store.unread(i % 2 == 0 ? RANGE : STREAM, all));
                    lists.add(store.ask(RANGE, all));
                }
                leaving.forEach(call -> call.cancel("seen enough", null));

                assertThat(lists)
                        .as("-Dtidemark.seed=%d, round %d", SEED, round)
                        .allMatch(list ->
                                list.join() instanceof Answer.Bytes told && Arrays.equals(told.message(), expected));
            }
            await().until(() -> store.gauge(RevisionMetric.ANSWERS_MEMORY) == 0);
        }
    }

    private static Answer tooMany() {
        return new Answer.Refusal(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests");
    }

    @Test
    void whatHasToStandInMemoryAsAWholeIsRefusedWhenItIsMoreThanThat() throws Exception {
        Random random = new Random(SEED);
        try (StoreEndpoint store = filled("whole", memory(), random);
                HttpClient client = GatewayClient.http()) {
            RangeRequest.Builder sorted = Ask.range("k/", "k0").setSortTarget(RangeRequest.SortTarget.VALUE);

            assertThat(store.call(RANGE, sorted.build().toByteArray()))
                    .isInstanceOfSatisfying(Answer.Refusal.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                        assertThat(refusal.text()).contains("etcd.answers.memory", "in pages");
                    });
            TxnRequest.Builder txn = TxnRequest.newBuilder()
                    .addSuccess(RequestOp.newBuilder().setRequestRange(Ask.range("k/", "k0")))
                    .addSuccess(RequestOp.newBuilder().setRequestRange(Ask.range("k/", "k0")));
            assertThat(Ask.answer(store, txn))
                    .isInstanceOfSatisfying(
                            Answer.Refusal.class,
                            refusal -> assertThat(refusal.text()).contains("in pages"));
            HttpRequest asked = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + store.port() + "/v3/kv/range"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"ay8=\",\"range_end\":\"azA=\"}"))
                    .build();
            HttpResponse<String> json = client.send(asked, HttpResponse.BodyHandlers.ofString());
            assertThat(json.statusCode()).isEqualTo(429);
            assertThat(json.body()).contains("in pages");
            assertThat(store.gauge(RevisionMetric.ANSWERS_MEMORY)).isZero();
        }
    }

    private static Map<String, String> memory() {
        return Map.of(RevisionConfig.ANSWERS_MEMORY.name(), String.valueOf(MEMORY));
    }

    /** Some 5 MB, one of them in a single value. */
    private static StoreEndpoint filled(String name, Map<String, String> settings, Random random) {
        StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve(name), settings, null);
        put(store, 777, 1_000_000, random);
        for (int i = 0; i < KEYS; i++) {
            if (i != 777) {
                put(store, i, random.nextInt(4_000), random);
            }
        }
        return store;
    }

    private static void put(StoreEndpoint store, int number, int bytes, Random random) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        Ask.done(store, PutRequest.newBuilder().setKey(Ask.bytes(key(number))).setValue(ByteString.copyFrom(value)));
    }

    private static String key(int number) {
        return "k/%04d".formatted(number);
    }
}
