package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What watchers are promised, where etcd has broken it before: each test is named after the promise, and says which of etcd's
 * issues it would have found ({@code tests/robustness/README.md} there). Those that take crashes are in {@link KilledStoreIT}
 * and {@link KilledNodesIT}.
 */
class WatchGuaranteesTest {
    private static final String KEYS = "g/";
    private static final int WRITES = 1_500;
    /** More than twice as many as etcd brings forward at a time ({@code maxWatchersPerSync}). */
    private static final int MANY = 1_100;

    @RegisterExtension
    private static final FreshStores STORES = new FreshStores();

    private final StoreEndpoint store = STORES.next();

    /** etcd-io/etcd#15220: progress was told before events that it covers. */
    @Test
    void bookmarkable() {
        long first = Ask.write(store, KEYS + "first", "x");
        try (WatchClient client = store.watches()) {
            client.create(Ask.watch(KEYS));
            client.create(Ask.watch(KEYS).setStartRevision(first));
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < WRITES; i++) {
                    Ask.write(store, KEYS + i % 10, "x");
                }
            });
            Map<Long, Long> told = new HashMap<>(Map.of(0L, first, 1L, first - 1));
            int promises = 0;
            for (long progress = 0; progress < first + WRITES; ) {
                client.requestProgress();
                WatchResponse next = client.next();
                if (next.getEventsCount() > 0) {
                    told.put(next.getWatchId(), last(next));
                } else if (!next.getCreated()) {
                    progress = next.getHeader().getRevision();
                    promises++;
                    long promised = progress; // each revision is an event of both
                    assertThat(told.values()).allMatch(last -> last >= promised);
                }
            }
            writing.join();
            assertThat(promises).isGreaterThan(10);
        }
    }

    /** etcd-io/etcd#17247: what a transaction put was told more than once. */
    @Test
    void unique() {
        List<List<String>> expected = new ArrayList<>();
        try (WatchClient live = store.watches()) {
            live.create(Ask.watch(KEYS));
            assertThat(live.next().getCreated()).isTrue();
            long first = write(Txn.of(Ask.put("g/a", "1"), Ask.put("g/b", "1"), Txn.of(Ask.put("g/c", "1"))));
            expected.add(List.of("g/a", "g/b", "g/c"));
            write(Txn.of(Ask.range("g/a"), Ask.put("g/a", "2"), Ask.range("g/a"), Ask.delete("g/b")));
            expected.add(List.of("g/a", "g/b"));
            write(Txn.of(Ask.put("g/d", "1"), Ask.delete("g/a", "g/b"), Ask.delete("g/x"), Ask.put("g/b", "2")));
            expected.add(List.of("g/d", "g/a", "g/b"));
            assertThat(keysByRevision(live, expected.size())).isEqualTo(expected);
            live.hearsNothing();
            try (WatchClient late = store.watches()) {
                late.create(Ask.watch(KEYS).setStartRevision(first));
                assertThat(late.next().getCreated()).isTrue();
                assertThat(keysByRevision(late, expected.size())).isEqualTo(expected);
                late.hearsNothing();
            }
        }
    }

    /** etcd-io/etcd#17529: with many watchers behind on a stream that had no room, events were skipped. */
    @Test
    void reliableWhenMoreAreBehindThanAreServedAtATime() {
        long first = Ask.write(store, KEYS + "0", "v".repeat(2_000));
        IntStream.range(1, 20).forEach(i -> Ask.write(store, KEYS + i % 7, "v".repeat(2_000)));
        try (WatchClient client = store.watches()) {
            client.stopReading();
            for (int i = 0; i < MANY; i++) {
                client.create(Ask.watch(KEYS).setStartRevision(first));
            }
            IntStream.range(0, 10).forEach(i -> Ask.write(store, KEYS + i % 7, "later"));
            client.readOn();
            Map<Long, List<Long>> told = new HashMap<>();
            for (int events = 0; events < MANY * 30; ) {
                WatchResponse next = client.next();
                events += next.getEventsCount();
                next.getEventsList()
                        .forEach(event -> told.computeIfAbsent(next.getWatchId(), id -> new ArrayList<>())
                                .add(event.getKv().getModRevision()));
            }
            List<Long> all = LongStream.range(first, first + 30).boxed().toList();
            assertThat(told).hasSize(MANY);
            assertThat(told.values()).allMatch(all::equals);
        }
    }

    /**
     * etcd-io/etcd#18089, etcd-io/etcd#19179: a deletion at the very revision that was compacted was not told to those who were
     * behind, or who began there.
     */
    @Test
    void reliableAtTheCompactedRevision() {
        try (WatchClient behind = store.watches();
                WatchClient beginning = store.watches()) {
            behind.create(Ask.watch(KEYS));
            assertThat(behind.next().getCreated()).isTrue();
            long put = Ask.write(store, KEYS + "a", "x");
            assertThat(last(behind.next())).isEqualTo(put);
            behind.stopReading();
            long deleted = Ask.done(store, Ask.delete(KEYS + "a"), DeleteRangeResponse.parser())
                    .getHeader()
                    .getRevision();
            CompactionRequest.Builder compact = Ask.compact(deleted).setPhysical(true);
            Ask.done(store, compact);
            beginning.create(Ask.watch(KEYS).setStartRevision(deleted));
            behind.readOn();
            assertThat(beginning.next().getCreated()).isTrue();
            for (WatchClient client : List.of(behind, beginning)) {
                WatchResponse told = client.next();
                assertThat(told.getCanceled()).isFalse();
                assertThat(told.getEventsList()).singleElement().satisfies(event -> {
                    assertThat(event.getType()).isEqualTo(Event.EventType.DELETE);
                    assertThat(event.getKv().getModRevision()).isEqualTo(deleted);
                });
            }
        }
    }

    /** etcd-io/etcd#20221: who watched from a revision that was yet to come was told of earlier ones, and of progress. */
    @Test
    void orderedForWhoBeginsInTheFuture() {
        long now = Ask.write(store, KEYS + "a", "x");
        long begins = now + 5;
        try (WatchClient client = store.watches()) {
            client.create(Ask.watch(KEYS).setStartRevision(begins).setProgressNotify(true));
            assertThat(client.next().getCreated()).isTrue();
            Supplier<Long> write = () -> Ask.write(store, KEYS + "a", "x");
            while (write.get() < begins - 1) {
                client.requestProgress();
            }
            client.hearsNothing();
            assertThat(write.get()).isEqualTo(begins);
            WatchResponse told = client.next();
            assertThat(told.getEventsList())
                    .extracting(event -> event.getKv().getModRevision())
                    .containsExactly(begins);
            client.requestProgress();
            assertThat(client.next().getHeader().getRevision()).isEqualTo(begins);
        }
    }

    private long write(Txn txn) {
        TxnRequest.Builder request = txn.build().toBuilder();
        return Ask.done(store, request, TxnResponse.parser()).getHeader().getRevision();
    }

    private static List<List<String>> keysByRevision(WatchClient client, int revisions) {
        List<List<String>> all = new ArrayList<>();
        long last = 0;
        while (all.size() < revisions) {
            for (Event event : client.next().getEventsList()) {
                if (event.getKv().getModRevision() > last) {
                    last = event.getKv().getModRevision();
                    all.add(new ArrayList<>());
                }
                all.getLast().add(event.getKv().getKey().toStringUtf8());
            }
        }
        return all;
    }

    private static long last(WatchResponse told) {
        return told.getEvents(told.getEventsCount() - 1).getKv().getModRevision();
    }
}
