package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Clients of several nodes that write, each write another key, and read, and note what they were answered. */
final class NodeClients implements AutoCloseable {
    private static final int PER_NODE = 2;
    private static final String KEYS = "k/";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(20);

    private final long seed;
    private final List<GrpcEndpoint> endpoints = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicIntegerArray answeredBy;
    /** The newest revision that was answered so far. */
    private final AtomicLong newest = new AtomicLong();

    private final List<NodeWatcher> watchers = new ArrayList<>();
    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /** @param newestBefore the newest revision that was answered before the read began */
    private record Read(long newestBefore, long revision, String key, boolean found) {}

    NodeClients(int[] ports, long seed) {
        this.seed = seed;
        this.answeredBy = new AtomicIntegerArray(ports.length);
        for (int node = 0; node < ports.length; node++) {
            GrpcEndpoint endpoint = new GrpcEndpoint(ports[node]);
            endpoints.add(endpoint);
            NodeWatcher watcher = new NodeWatcher(endpoint, KEYS);
            watchers.add(watcher);
            threads.execute(watcher::run);
            int number = node;
            for (int i = 0; i < PER_NODE; i++) {
                threads.execute(() -> repeat(endpoint, () -> write(number)));
                threads.execute(() -> repeat(endpoint, () -> read(number)));
            }
        }
    }

    private void repeat(GrpcEndpoint endpoint, BooleanSupplier once) {
        while (!stopping) {
            if (!once.getAsBoolean()) {
                endpoint.connectAtOnce(); // or a node that is back would be asked seconds later
                Awaitility.await().pollDelay(AFTER_A_FAILURE).until(() -> true);
            }
        }
    }

    private boolean write(int node) {
        String key = "k/%07d".formatted(next.getAndIncrement());
        asked.add(key);
        Answer answer = Ask.answer(endpoints.get(node), Ask.put(key, "of " + key));
        if (!(answer instanceof Answer.Bytes bytes)) {
            return false;
        }
        long revision =
                Ask.parsed(PutResponse.parser(), bytes.message()).getHeader().getRevision();
        answered.put(key, revision);
        newest.accumulateAndGet(revision, Math::max);
        answeredBy.incrementAndGet(node);
        return true;
    }

    /** The newest key that was asked for some time ago. */
    private boolean read(int node) {
        long before = newest.get();
        String key = "k/%07d".formatted(Math.max(0, next.get() - 10));
        boolean there = answered.containsKey(key);
        Answer answer = Ask.answer(endpoints.get(node), Ask.range(key));
        if (!(answer instanceof Answer.Bytes bytes)) {
            return false;
        }
        RangeResponse found = Ask.parsed(RangeResponse.parser(), bytes.message());
        reads.add(new Read(before, found.getHeader().getRevision(), there ? key : "", found.getCount() == 1));
        return true;
    }

    /** Writes of a node that were answered. */
    int answeredBy(int node) {
        return answeredBy.get(node);
    }

    Map<String, Long> answered() {
        return answered;
    }

    int reads() {
        return reads.size();
    }

    /** Returns when what is under way was answered, and who watches was told of what was answered. */
    void stop() {
        stopping = true;
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> watchers.stream().allMatch(watcher -> watcher.last() >= newest.get()));
        watchers.forEach(NodeWatcher::stop);
        threads.close();
    }

    /** Who watches a node was told of every key that is there, once and at its revision, however often it was cut off. */
    void checkWatchers(RangeResponse found) {
        Map<String, Long> there = new HashMap<>();
        found.getKvsList().forEach(kv -> there.put(kv.getKey().toStringUtf8(), kv.getModRevision()));
        for (NodeWatcher watcher : watchers) {
            Map<String, Long> told = new HashMap<>();
            watcher.told()
                    .forEach(event -> told.put(
                            event.getKv().getKey().toStringUtf8(), event.getKv().getModRevision()));
            assertThat(there).as("seed %d", seed).containsAllEntriesOf(told);
            there.forEach((key, revision) -> {
                if (revision <= watcher.last()) {
                    assertThat(told).as("seed %d", seed).containsEntry(key, revision);
                }
            });
        }
    }

    /** Streams that the watchers needed. */
    List<Integer> streams() {
        return watchers.stream().map(NodeWatcher::streams).toList();
    }

    /** No read missed what was answered before it began. */
    void checkReads() {
        assertThat(reads).isNotEmpty().allSatisfy(read -> {
            assertThat(read.revision).as("%s, seed %d", read, seed).isGreaterThanOrEqualTo(read.newestBefore);
            assertThat(read.found || read.key.isEmpty())
                    .as("%s, seed %d", read, seed)
                    .isTrue();
        });
    }

    /** All that was answered is there at its revision, and nothing is there twice. */
    void check(RangeResponse found) {
        Set<String> there = new HashSet<>();
        Set<Long> revisions = new HashSet<>();
        for (KeyValue kv : found.getKvsList()) {
            String key = kv.getKey().toStringUtf8();
            there.add(key);
            assertThat(revisions.add(kv.getModRevision()))
                    .as("a revision of its own for %s, seed %d", key, seed)
                    .isTrue();
            assertThat(kv.getVersion()).as("version of %s, seed %d", key, seed).isEqualTo(1);
            assertThat(kv.getModRevision())
                    .as("revision of %s, seed %d", key, seed)
                    .isEqualTo(answered.getOrDefault(key, kv.getModRevision()));
        }
        assertThat(there).as("seed %d", seed).containsAll(answered.keySet()).isSubsetOf(asked);
    }

    @Override
    public void close() {
        stopping = true;
        watchers.forEach(NodeWatcher::stop);
        threads.close();
        endpoints.forEach(GrpcEndpoint::close);
    }
}
