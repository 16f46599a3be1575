package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.tests.conformance.TopicReader.Heard;
import io.tidemark.watch.WatchMetric;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watch topics tell what etcd's Watch tells of the same keyspace, however often their clients are cut off. */
class TopicTest {
    private static final String ALL_FROM_THE_FIRST = "?since=1&prev";

    @RegisterExtension
    private static final FreshStores STORES = new FreshStores();

    private final StoreEndpoint store =
            STORES.next(Map.of("watch.topic.clients", "3", "watch.topic.bookmark.interval", "200ms"));

    /** Writes of all kinds, but no compaction. */
    private void write(long seed, int requests) {
        RandomRequests random = new RandomRequests(seed);
        for (int i = 0; i < requests; i++) {
            var message = random.next();
            if (!(message instanceof io.tidemark.revision.etcd.proto.CompactionRequest)) {
                store.call(EtcdMethod.taking(message).path(), message.toByteArray());
            }
        }
    }

    /** What etcd's Watch tells of everything up to a revision, as a topic would. */
    private List<JsonNode> asTopic(long last) {
        try (WatchClient client = store.watches()) {
            client.create(io.tidemark.revision.etcd.proto.WatchCreateRequest.newBuilder()
                    .setKey(Ask.bytes("\0"))
                    .setRangeEnd(Ask.bytes("\0"))
                    .setStartRevision(1)
                    .setPrevKv(true));
            List<JsonNode> all = new ArrayList<>();
            client.next();
            while (all.isEmpty() || all.getLast().path("revision").asLong() < last) {
                client.next().getEventsList().forEach(event -> all.add(expected(event)));
            }
            return all;
        }
    }

    private static ObjectNode expected(Event event) {
        ObjectNode data = version(event.getKv(), event.getType() == Event.EventType.DELETE);
        put(data, "key", event.getKv().getKey());
        if (event.hasPrevKv()) {
            data.set("previous", version(event.getPrevKv(), false));
        }
        return data;
    }

    private static ObjectNode version(KeyValue version, boolean deleted) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("revision", (int) version.getModRevision());
        if (!deleted) {
            data.put("version", (int) version.getVersion());
            data.put("createRevision", (int) version.getCreateRevision());
            put(data, "value", version.getValue());
        }
        if (version.getLease() != 0) {
            data.put("lease", Long.toHexString(version.getLease()));
        }
        return data;
    }

    private static void put(ObjectNode data, String name, ByteString bytes) {
        if (bytes.isValidUtf8()) {
            data.put(name, bytes.toStringUtf8());
        } else {
            data.put(name + "Base64", bytes.toByteArray());
        }
    }

    private static List<String> texts(List<JsonNode> events) {
        return events.stream().map(TopicTest::sorted).toList();
    }

    /** With members in one order, whatever it was. */
    private static String sorted(JsonNode node) {
        return TopicReader.json(node.toString()).properties().stream()
                .map(member -> member.getKey() + "="
                        + (member.getValue().isObject() ? sorted(member.getValue()) : member.getValue()))
                .sorted()
                .toList()
                .toString();
    }

    @Test
    void tellsWhatEtcdsWatchTells() {
        write(7, 300);
        long last = Ask.write(store, "last", "{\"is\": [\"json\"]}") - 1;
        try (TopicReader reader = TopicReader.open(store, ALL_FROM_THE_FIRST)) {
            List<Heard> heard = reader.changesUntil(last + 1);
            assertThat(texts(heard.subList(0, heard.size() - 1).stream()
                            .map(Heard::data)
                            .toList()))
                    .containsExactlyElementsOf(texts(asTopic(last + 1).stream()
                            .filter(data -> data.path("revision").asLong() <= last)
                            .toList()));
            assertThat(heard.getLast().data().path("value")).isEqualTo(TopicReader.json("{\"is\": [\"json\"]}"));
            assertThat(heard).hasSizeGreaterThan(150);
            assertThat(heard.stream().filter(each -> each.id().isEmpty()).toList())
                    .as("some revisions have several events")
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whoIsCutOffAtAnyPointMissesNothingAndHearsNoRevisionTwice(long seed) {
        Random random = new Random(seed);
        write(seed, 100);
        List<JsonNode> whole = new ArrayList<>();
        String id = "";
        for (int cut = 0; cut < 12; cut++) {
            id = readSome(random, id, whole);
            write(seed * 100 + cut, 20);
        }
        long last = Ask.write(store, "last", "x");
        try (TopicReader reader = TopicReader.again(store, ALL_FROM_THE_FIRST, id)) {
            reader.changesUntil(last).forEach(heard -> whole.add(heard.data()));
        }
        assertThat(texts(whole)).containsExactlyElementsOf(texts(asTopic(last)));
    }

    /** Reads on until somewhere; what came after the last id is not kept, as it comes again. */
    private String readSome(Random random, String id, List<JsonNode> whole) {
        List<JsonNode> open = new ArrayList<>();
        try (TopicReader reader = TopicReader.again(store, ALL_FROM_THE_FIRST, id)) {
            for (int left = random.nextInt(40); left > 0; left--) {
                Heard heard = reader.next();
                assertThat(heard).isNotNull();
                if (heard.isChange()) {
                    open.add(heard.data());
                }
                if (!heard.id().isEmpty()) {
                    whole.addAll(open);
                    open.clear();
                }
                if (heard.name().equals("bookmark")) {
                    return reader.lastId();
                }
            }
            return reader.lastId();
        }
    }

    @Test
    void aStartThatWasCompactedIsRefusedWithTheOldestThatIsThere() {
        for (int i = 0; i < 20; i++) {
            Ask.write(store, "k", "v" + i);
        }
        Ask.done(store, Ask.compact(10));
        HttpResponse<String> refused = TopicReader.refused(store, "?since=9");
        assertThat(refused.statusCode()).isEqualTo(410);
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(TopicReader.json(refused.body()).path("compacted").asLong()).isEqualTo(10);
        assertThat(TopicReader.json(refused.body()).path("oldest").asLong()).isEqualTo(10);
        assertThat(TopicReader.refused(store, "?since=15", "Last-Event-ID", "8").statusCode())
                .as("what was read last counts more than the address")
                .isEqualTo(410);
        for (String query : List.of("?since=10", "?since=oldest")) {
            try (TopicReader reader = TopicReader.open(store, query)) {
                assertThat(reader.changesUntil(21)).hasSize(12);
            }
        }
    }

    @Test
    void whoIsOvertakenByACompactionIsToldSoAndTheStreamEnds() {
        try (TopicReader reader = TopicReader.open(store, "?prefix=large/")) {
            reader.until(heard -> heard.name().equals("bookmark"));
            String value = "v".repeat(100_000);
            long last = 0;
            for (int i = 0; i < 400; i++) {
                last = Ask.write(store, "large/" + i % 3, value);
            }
            Ask.done(store, Ask.compact(last));
            List<Heard> heard = reader.until(next -> next.name().equals("problem"));
            assertThat(heard.getLast().data().path("status").asInt()).isEqualTo(410);
            assertThat(heard.getLast().data().path("compacted").asLong()).isEqualTo(last);
            assertThat(heard.stream().filter(Heard::isChange).map(Heard::revision))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSizeBetween(1, 399);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyAndIsToldEverythingLater() {
        try (TopicReader slow = TopicReader.open(store, "?prefix=slow/");
                TopicReader quick = TopicReader.open(store, "?prefix=slow/")) {
            slow.until(heard -> heard.name().equals("bookmark"));
            quick.until(heard -> heard.name().equals("bookmark"));
            String value = "v".repeat(100_000);
            long last = 0;
            for (int i = 0; i < 300; i++) {
                last = Ask.write(store, "slow/" + i % 3, value);
                if (i % 30 == 29) {
                    assertThat(quick.changesUntil(last)).hasSize(30);
                }
            }
            Awaitility.await().until(() -> store.gauge(WatchMetric.AWAY) == 1);
            long end = last;
            // one that came before the writes, on a slow machine, is not meant
            List<Heard> heard = slow.until(next -> next.name().equals("bookmark") && next.revision() == end);
            assertThat(heard.stream().filter(Heard::isChange).map(Heard::revision))
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(300);
        }
        Awaitility.await().until(() -> store.gauge(WatchMetric.TOPICS) == 0 && store.gauge(WatchMetric.WATCHERS) == 0);
    }

    @Test
    void whoHearsNothingIsToldHowFarItIsAlsoWhenOthersKeysAreWritten() {
        try (TopicReader reader = TopicReader.open(store, "?key=mine")) {
            assertThat(reader.next()).extracting(Heard::name, Heard::id).containsExactly("bookmark", "1");
            long other = Ask.write(store, "other", "x");
            assertThat(reader.until(heard -> heard.revision() == other))
                    .allMatch(heard -> heard.name().equals("bookmark"));
            long mine = Ask.write(store, "mine", "x");
            assertThat(reader.changesUntil(mine)).hasSize(1);
        }
    }

    @Test
    void aRevisionThatIsToComeIsWaitedFor() {
        try (TopicReader reader = TopicReader.open(store, "?since=4")) {
            assertThat(reader.next()).extracting(Heard::name).isEqualTo("notice");
            for (int i = 0; i < 4; i++) {
                Ask.write(store, "k", "v");
            }
            assertThat(reader.changesUntil(5)).extracting(Heard::revision).containsExactly(4L, 5L);
        }
    }

    @Test
    void noMoreThanTheBoundWatchAtOnce() {
        try (TopicReader one = TopicReader.open(store, "");
                TopicReader two = TopicReader.open(store, "");
                TopicReader three = TopicReader.open(store, "")) {
            HttpResponse<String> refused = TopicReader.refused(store, "");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(List.of(one.next(), two.next(), three.next())).allMatch(heard -> heard != null);
        }
        Awaitility.await().until(() -> store.gauge(WatchMetric.TOPICS) == 0);
        TopicReader.open(store, "").close();
    }
}
