package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final int LARGE_EVERY = 16;
    private static final int LARGE = 2_000;
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

    private final NodeWatchers watchers;
    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;
    /** By the thread that compacts. */
    private long compacted;

    /** @param newestBefore the newest revision that was answered before the read began */
    private record Read(long newestBefore, long revision, String key, boolean found) {}

    /** @param watchers of parts of the keys, on each node */
    NodeClients(int[] ports, int watchers, long seed) {
        this.seed = seed;
        this.watchers = new NodeWatchers(ports, watchers, seed);
        this.answeredBy = new AtomicIntegerArray(ports.length);
        for (int node = 0; node < ports.length; node++) {
            GrpcEndpoint endpoint = new GrpcEndpoint(ports[node]);
            endpoints.add(endpoint);
            int number = node;
            for (int i = 0; i < PER_NODE; i++) {
                threads.execute(() -> repeat(endpoint, () -> write(number)));
                threads.execute(() -> repeat(endpoint, () -> read(number)));
            }
        }
        this.watchers.start(threads);
    }

    private static String key(int number) {
        return NodeWatchers.part(number % NodeWatchers.PARTS) + "%07d".formatted(number);
    }

    /** Some are large, so that who does not read has something unread. */
    private static String value(int number) {
        return "of %d".formatted(number) + "x".repeat(number % LARGE_EVERY == 0 ? LARGE : 0);
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
        int number = next.getAndIncrement();
        String key = key(number);
        asked.add(key);
        Answer answer = Ask.answer(endpoints.get(node), Ask.put(key, value(number)));
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
        String key = key(Math.max(0, next.get() - 10));
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
        watchers.stop(newest.get());
        threads.close();
    }

    /** Who watches meanwhile. */
    NodeWatchers watchers() {
        return watchers;
    }

    /** Compacts what all watchers were told, while some read what comes behind. */
    void compact(int node) {
        long told = watchers.last();
        if (told > compacted) {
            Answer answer = Ask.answer(
                    endpoints.get(node), CompactionRequest.newBuilder().setRevision(told));
            compacted = answer instanceof Answer.Bytes ? told : compacted;
        }
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
        assertThat(without(answered.keySet(), there)).as("lost, seed %d", seed).isEmpty();
        assertThat(without(there, asked)).as("never asked for, seed %d", seed).isEmpty();
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    @Override
    public void close() {
        stopping = true;
        watchers.close();
        threads.close();
        endpoints.forEach(GrpcEndpoint::close);
    }
}
