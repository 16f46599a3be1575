package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** What subscribers of a watch topic are told and when, of objects as JSON. There is no peer that does that. */
final class TopicContest {
    private static final int SUBSCRIBERS = 1_000;
    private static final int PER_SECOND = 200;
    private static final int BYTES = 1_024;
    /** How it is chosen, and what its figures are called. */
    static final String NAME = "topic " + SUBSCRIBERS + " subscribers, " + PER_SECOND + " puts of " + BYTES + " B";

    private static final int KEYS = 100;
    private static final Duration WARM = Duration.ofSeconds(5);

    private final Report report;
    private final int connections;

    TopicContest(Report report, int connections) {
        this.report = report;
        this.connections = connections;
    }

    void run(TidemarkPeer peer, int rounds, Duration time) throws IOException, InterruptedException {
        for (String query : new String[] {"", "&filter=object.spec.due%20%3E%200"}) {
            for (int round = 1; round <= rounds; round++) {
                measure(peer, query, round, time);
            }
        }
    }

    private void measure(TidemarkPeer peer, String query, int round, Duration time)
            throws IOException, InterruptedException {
        try (Calls calls = new Calls(peer.port(), connections);
                Subscribers subscribers = new Subscribers()) {
            Objects objects = new Loader(calls).fresh("subscribed-" + System.nanoTime(), KEYS, BYTES);
            String prefix = objects.first().toStringUtf8();
            subscribers.open(peer.httpPort(), "/api/v1/watch/default?prefix=" + prefix + query, SUBSCRIBERS);
            OpenLoop.run(calls, objects, Stamped.OBJECT, PER_SECOND, WARM);
            long expected = OpenLoop.puts(PER_SECOND, time) * SUBSCRIBERS;
            CompletableFuture<Void> all = subscribers.count(expected);
            double cpuBefore = peer.cpuSeconds();
            long began = System.nanoTime();
            OpenLoop.run(calls, objects, Stamped.OBJECT, PER_SECOND, time);
            WatchContest.await(all);
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpu = peer.cpuSeconds() - cpuBefore;
            Histogram told = subscribers.soFar();
            String name = NAME + (query.isEmpty() ? "" : ", filtered") + ": ";
            report.add(round, name + "told in time", 100.0 * told.getTotalCount() / expected, "%");
            report.add(round, name + "rate", told.getTotalCount() / seconds, "1/s");
            report.add(round, name + "p50", told.getValueAtPercentile(50) / 1e6, "ms");
            report.add(round, name + "p99", told.getValueAtPercentile(99) / 1e6, "ms");
            report.add(round, name + "CPU", cpu * 1e6 / told.getTotalCount(), "us each");
            report.add(round, name + "cores", cpu / seconds, "1");
            report.add(round, name + "RSS", peer.residentMiB(), "MiB");
        }
    }
}
