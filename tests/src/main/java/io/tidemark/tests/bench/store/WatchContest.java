package io.tidemark.tests.bench.store;

import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.tests.bench.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What watchers of each server are told and when, in turns; who comes first changes with the round. */
final class WatchContest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int KEYS = 10;
    private static final Duration WARM = Duration.ofSeconds(3);
    private static final Duration LATEST = Duration.ofSeconds(5);
    private static final int BEHIND = 100_000;
    private static final int BEHIND_BYTES = 256;

    private final Report report;
    private final int connections;

    WatchContest(Report report, int connections) {
        this.report = report;
        this.connections = connections;
    }

    /** The name under which catching up is chosen. */
    static String catchUp() {
        return "watch from " + BEHIND + " revisions behind";
    }

    /** @param peers the first one is the other one's measure */
    void run(WatchCase one, List<Peer> peers, int rounds, Duration time) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            Figures[] figures = new Figures[peers.size()];
            for (int i = 0; i < peers.size(); i++) {
                int at = round % 2 == 0 ? peers.size() - 1 - i : i;
                figures[at] = measure(one, peers.get(at), round, time);
            }
            report.add(round, one.name() + ": p50 ratio", figures[1].p50 / figures[0].p50, "x etcd");
            report.add(round, one.name() + ": p99 ratio", figures[1].p99 / figures[0].p99, "x etcd");
            report.add(round, one.name() + ": CPU ratio", figures[1].cpuMicros / figures[0].cpuMicros, "x etcd");
        }
    }

    private record Figures(double p50, double p99, double cpuMicros) {}

    /** What is told too late to come within some seconds behind the last put is not counted, and shows in the share. */
    private Figures measure(WatchCase one, Peer peer, int round, Duration time)
            throws IOException, InterruptedException {
        try (Calls calls = new Calls(peer.port(), connections)) {
            Objects objects = new Loader(calls).fresh("watched-" + System.nanoTime(), KEYS, one.valueBytes());
            Watchers watchers = new Watchers(calls);
            watchers.open(
                    one.streams(),
                    one.watchers(),
                    everything(objects).setPrevKv(true).build());
            OpenLoop.run(calls, objects, Stamped.BYTES, one.putsPerSecond(), WARM);
            long expected = OpenLoop.puts(one.putsPerSecond(), time) * one.allWatchers();
            CompletableFuture<Long> all = watchers.count(expected);
            double cpuBefore = peer.cpuSeconds();
            OpenLoop.run(calls, objects, Stamped.BYTES, one.putsPerSecond(), time);
            await(all);
            double cpu = peer.cpuSeconds() - cpuBefore;
            Watchers.Told told = watchers.told();
            Figures figures = new Figures(
                    told.latency().getValueAtPercentile(50) / 1e6,
                    told.latency().getValueAtPercentile(99) / 1e6,
                    cpu * 1e6 / told.events());
            String name = one.name() + ": " + peer.name() + " ";
            report.add(round, name + "told in time", 100.0 * told.events() / expected, "%");
            report.add(round, name + "p50", figures.p50, "ms");
            report.add(round, name + "p99", figures.p99, "ms");
            report.add(round, name + "CPU", figures.cpuMicros, "us each");
            report.add(round, name + "RSS", peer.residentMiB(), "MiB");
            watchers.close();
            return figures;
        }
    }

    static WatchCreateRequest.Builder everything(Objects objects) {
        return WatchCreateRequest.newBuilder().setKey(objects.first()).setRangeEnd(objects.end());
    }

    /** What comes later counts as not told in time. */
    static void await(CompletableFuture<?> all) throws InterruptedException {
        try {
            all.get(LATEST.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // the share says so
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    /** One watcher that begins far behind. */
    void catchUp(List<Peer> peers, int rounds) throws IOException {
        for (Peer peer : peers) {
            try (Calls calls = new Calls(peer.port(), connections)) {
                Objects objects = new Loader(calls).fresh("behind-" + System.nanoTime(), BEHIND, BEHIND_BYTES);
                for (int round = 1; round <= rounds; round++) {
                    catchUp(peer, calls, objects, round);
                }
            }
        }
    }

    private void catchUp(Peer peer, Calls calls, Objects objects, int round) throws IOException {
        Watchers watchers = new Watchers(calls);
        CompletableFuture<Long> all = watchers.count(BEHIND).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        double cpuBefore = peer.cpuSeconds();
        long began = System.nanoTime();
        watchers.open(
                1,
                1,
                everything(objects).setStartRevision(objects.firstRevision()).build());
        double seconds = (all.join() - began) / 1e9;
        double cpu = peer.cpuSeconds() - cpuBefore;
        report.add(round, catchUp() + ": " + peer.name() + " rate", BEHIND / seconds, "1/s");
        report.add(round, catchUp() + ": " + peer.name() + " CPU", cpu * 1e6 / BEHIND, "us each");
        watchers.close();
    }
}
