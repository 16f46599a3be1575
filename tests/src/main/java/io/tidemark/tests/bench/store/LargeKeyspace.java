package io.tidemark.tests.bench.store;

import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.tests.bench.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A server that holds much, on its own:
 *
 * <pre>
 *   so many keys of 100 B are created      memory then; how long a stop and a start take, and memory after
 *   as many revisions of some keys         p99 of updates while nothing else happens
 *   all of them compacted                  p99 of updates meanwhile
 * </pre>
 */
final class LargeKeyspace {
    private static final int SLOTS = 16;
    private static final int LOADERS = 128;
    private static final int OVERWRITTEN = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Peer peer;
    private final int connections;
    private final Report report;
    private final int keys;

    LargeKeyspace(Peer peer, int connections, Report report, int keys) {
        this.peer = peer;
        this.connections = connections;
        this.report = report;
        this.keys = keys;
    }

    void run(int round) throws IOException, InterruptedException {
        try (Calls calls = new Calls(peer.port(), connections)) {
            new Loader(calls).fresh(keys, 100);
            add(round, "memory, just loaded", peer.residentMiB(), "MiB");
        }
        add(round, "stop and start: until it answers", peer.restartSeconds(), "s");
        add(round, "memory, just started", peer.residentMiB(), "MiB");
        try (Calls calls = new Calls(peer.port(), connections)) {
            compaction(round, calls);
        }
    }

    private void compaction(int round, Calls calls) {
        int[] left = {keys};
        Workload puts = Writes.puts(new Objects("overwritten", 100), OVERWRITTEN);
        ClosedLoop.run(calls, slot -> left[0]-- > 0 ? puts.next(slot) : null, LOADERS, PATIENCE);
        Objects updated = new Objects("updated", 512);
        ClosedLoop.run(calls, Writes.creates(updated, SLOTS * 10), SLOTS, PATIENCE);
        Workload updates = Writes.updates(updated, SLOTS);
        p99(round, "updates, idle", ClosedLoop.run(calls, updates, SLOTS, IDLE));

        AtomicReference<@Nullable String> ended = new AtomicReference<>();
        CompactionRequest compaction = CompactionRequest.newBuilder()
                .setRevision(updated.revision(0))
                .setPhysical(true)
                .build();
        long began = System.nanoTime();
        calls.onLoop(() -> calls.call(
                0, new KvStep("Compact", compaction, false, (answer, bytes) -> {}), Calls.Ending.of(ended::set)));
        p99(
                round,
                "updates, while compacted",
                ClosedLoop.run(calls, slot -> ended.get() == null ? updates.next(slot) : null, SLOTS, PATIENCE));
        if (!"".equals(ended.get())) {
            throw new IllegalStateException("compaction: " + ended.get());
        }
        add(round, "compaction", (System.nanoTime() - began) / 1e9, "s");
    }

    private void p99(int round, String measure, ClosedLoop.Outcome outcome) {
        add(round, measure + ": rate", outcome.operations() / outcome.seconds(), "1/s");
        add(round, measure + ": p99", outcome.latency().getValueAtPercentile(99) / 1e6, "ms");
        add(round, measure + ": max", outcome.latency().getMaxValue() / 1e6, "ms");
    }

    private void add(int round, String measure, double value, String unit) {
        report.add(round, keys + " keys, " + measure + ": " + peer.name(), value, unit);
    }
}
