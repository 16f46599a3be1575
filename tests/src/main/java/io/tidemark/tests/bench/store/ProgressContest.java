package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Report;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** How soon a watcher of quiet keys knows how far it is while others are written. */
final class ProgressContest {
    static final String NAME = "watch progress, 1,000 puts/s elsewhere";

    private static final int PER_SECOND = 1_000;
    private static final int KEYS = 1_000;
    private static final int BYTES = 512;
    private static final Duration WARM = Duration.ofSeconds(3);

    private final Report report;
    private final int connections;

    ProgressContest(Report report, int connections) {
        this.report = report;
        this.connections = connections;
    }

    /** @param telling the one of them that tells without being asked */
    void run(List<Peer> peers, Peer telling, int rounds, Duration time) {
        for (int round = 1; round <= rounds; round++) {
            for (Peer peer : round % 2 == 0 ? peers.reversed() : peers) {
                try (Calls calls = new Calls(peer.port(), connections);
                        Calls probes = new Calls(peer.port(), 1)) {
                    Objects objects = new Loader(calls).fresh("busy-" + System.nanoTime(), KEYS, BYTES);
                    ProgressProbe probe = new ProgressProbe(probes);
                    probe.open();
                    OpenLoop.run(calls, objects, Stamped.BYTES, PER_SECOND, WARM);
                    add(round, peer, "asked for", measured(probe, ProgressProbe.Way.ASKED, calls, objects, time));
                    if (peer.equals(telling)) {
                        add(round, peer, "after a read", measured(probe, ProgressProbe.Way.READ, calls, objects, time));
                    }
                }
            }
        }
    }

    private static Histogram measured(
            ProgressProbe probe, ProgressProbe.Way way, Calls calls, Objects objects, Duration time) {
        Supplier<Histogram> running = probe.begin(way);
        OpenLoop.run(calls, objects, Stamped.BYTES, PER_SECOND, time);
        return running.get();
    }

    private void add(int round, Peer peer, String what, Histogram latency) {
        String name = NAME + ": " + peer.name() + " " + what + ", ";
        report.add(round, name + "answers", (double) latency.getTotalCount(), "1");
        report.add(round, name + "p50", latency.getValueAtPercentile(50) / 1e6, "ms");
        report.add(round, name + "p99", latency.getValueAtPercentile(99) / 1e6, "ms");
    }
}
