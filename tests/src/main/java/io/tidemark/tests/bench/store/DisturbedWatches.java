package io.tidemark.tests.bench.store;

import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.tests.bench.Report;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * When live watchers are told while another one does not read what it is told, and while another one reads the history, each
 * beside how it was just before, when nothing else happened.
 */
final class DisturbedWatches {
    static final String NAME = "watch beside others";

    private static final int STREAMS = 100;
    private static final int PER_SECOND = 100;
    private static final int BYTES = 1_024;
    private static final int KEYS = 10;
    private static final int BEHIND = 100_000;
    private static final int BEHIND_BYTES = 256;
    /** What HTTP/2 grants a stream unless a client says otherwise. */
    private static final int WINDOW_BYTES = 65_535;

    private static final Duration WARM = Duration.ofSeconds(3);

    private final Report report;
    private final int connections;

    DisturbedWatches(Report report, int connections) {
        this.report = report;
        this.connections = connections;
    }

    void run(List<Peer> peers, int rounds, Duration time) throws InterruptedException {
        for (Peer peer : peers) {
            try (Calls calls = new Calls(peer.port(), connections)) {
                Objects behind = new Loader(calls).fresh("history-" + System.nanoTime(), BEHIND, BEHIND_BYTES);
                for (int round = 1; round <= rounds; round++) {
                    round(peer, calls, behind, round, time);
                }
            }
        }
    }

    private void round(Peer peer, Calls calls, Objects behind, int round, Duration time) throws InterruptedException {
        Objects objects = new Loader(calls).fresh("disturbed-" + System.nanoTime(), KEYS, BYTES);
        WatchCreateRequest all =
                WatchContest.everything(objects).setPrevKv(true).build();
        Watchers watchers = new Watchers(calls);
        watchers.open(STREAMS, 1, all);
        OpenLoop.run(calls, objects, Stamped.BYTES, PER_SECOND, WARM);
        String name = NAME + ": " + peer.name() + " p99, ";

        double quiet = p99(calls, objects, watchers, time);
        report.add(round, name + "nobody", quiet, "ms");
        try (Calls others = new Calls(peer.port(), 1, WINDOW_BYTES)) {
            stop(others, all);
            double stopped = p99(calls, objects, watchers, time);
            report.add(round, name + "one that does not read", stopped, "ms");
            report.add(round, name + "one that does not read, ratio", stopped / quiet, "x nobody");
        }
        double again = p99(calls, objects, watchers, time);
        report.add(round, name + "nobody, again", again, "ms");
        CatchingUp others = new CatchingUp(peer.port(), behind);
        try {
            double catching = p99(calls, objects, watchers, time);
            report.add(round, name + "one that catches up", catching, "ms");
            report.add(round, name + "one that catches up, ratio", catching / again, "x nobody");
        } finally {
            others.end();
        }
        watchers.close();
    }

    private static double p99(Calls calls, Objects objects, Watchers watchers, Duration time)
            throws InterruptedException {
        CompletableFuture<Long> all = watchers.count(OpenLoop.puts(PER_SECOND, time) * STREAMS);
        OpenLoop.run(calls, objects, Stamped.BYTES, PER_SECOND, time);
        WatchContest.await(all);
        return watchers.told().latency().getValueAtPercentile(99) / 1e6;
    }

    /** One that does not read what it is told. */
    private static void stop(Calls calls, WatchCreateRequest create) {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        Calls.Streamed unread = new Calls.Streamed(
                stream -> {},
                answer -> {
                    answer.pause();
                    answered.complete(null);
                },
                why -> answered.completeExceptionally(new IllegalStateException(why)));
        calls.onLoop(() -> Watchers.stream(calls, 0, List.of(create), unread));
        answered.join();
    }

    /** One that reads all of the history, again and again, until it is ended. */
    private static final class CatchingUp {
        private final Calls calls;
        private final WatchCreateRequest create;
        private final CompletableFuture<Void> enough = new CompletableFuture<>();
        private final CompletableFuture<Void> ended;

        CatchingUp(int port, Objects behind) {
            this.calls = new Calls(port, 1);
            this.create = WatchContest.everything(behind)
                    .setStartRevision(behind.firstRevision())
                    .build();
            this.ended = CompletableFuture.runAsync(this::run);
        }

        private void run() {
            while (!enough.isDone()) {
                Watchers one = new Watchers(calls);
                CompletableFuture<Long> all = one.count(BEHIND);
                one.open(1, 1, create);
                CompletableFuture.anyOf(all, enough).join();
                one.close();
            }
        }

        void end() {
            enough.complete(null);
            ended.join();
            calls.close();
        }
    }
}
