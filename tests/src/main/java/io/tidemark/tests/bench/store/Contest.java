package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Both servers, one after the other, in each round of each case; who comes first changes with the round. */
final class Contest implements AutoCloseable {
    private static final int WARM_SLOTS = 100;
    private static final int WARM_PARTS = 5;

    private final List<Side> sides = new ArrayList<>();
    private final Report report;

    /** @param peers the first one is the other one's measure */
    Contest(List<Peer> peers, int connections, Report report) {
        this.report = report;
        for (Peer peer : peers) {
            Calls calls = new Calls(peer.port(), connections);
            sides.add(new Side(peer, calls, new Loader(calls)));
        }
    }

    /** A server and the client's ways to it. */
    private record Side(Peer peer, Calls calls, Loader loader) {}

    /** What one server reached. */
    private record Figures(
            double perSecond, double p50Millis, double p99Millis, double cpuMicros, double residentMiB) {}

    /** Creates, updates, deletes, reads and lists of both, so that what is measured is compiled code and full caches. */
    void warmUp(Duration each) {
        Duration part = each.dividedBy(WARM_PARTS);
        for (Side side : sides) {
            Loader loader = side.loader();
            Objects updated = loader.fresh(WARM_SLOTS * 10, 512);
            Objects deleted = loader.fresh(512);
            ClosedLoop.run(side.calls(), Writes.creates(deleted, Integer.MAX_VALUE), WARM_SLOTS, part);
            ClosedLoop.run(side.calls(), Writes.deletes(deleted), WARM_SLOTS, part);
            ClosedLoop.run(side.calls(), Writes.updates(updated, WARM_SLOTS), WARM_SLOTS, part);
            ClosedLoop.run(side.calls(), Reads.gets(updated), WARM_SLOTS, part);
            ClosedLoop.run(side.calls(), Reads.lists(updated), 2, part);
        }
    }

    void run(List<Case> cases, int rounds, Duration time) throws IOException {
        for (Case one : cases) {
            for (int round = 1; round <= rounds; round++) {
                boolean turned = round % 2 == 0;
                Figures[] figures = new Figures[sides.size()];
                for (int i = 0; i < sides.size(); i++) {
                    int at = turned ? sides.size() - 1 - i : i;
                    figures[at] = measure(one, sides.get(at), round, time);
                }
                compare(one.name(), round, figures[0], figures[1]);
            }
        }
    }

    private Figures measure(Case one, Side side, int round, Duration time) throws IOException {
        Workload workload = one.load().apply(side.loader());
        Rest.await(side.peer());
        double cpuBefore = side.peer().cpuSeconds();
        ClosedLoop.Outcome outcome = ClosedLoop.run(side.calls(), workload, one.slots(), time);
        Rest.await(side.peer());
        double cpu = side.peer().cpuSeconds() - cpuBefore;
        Figures figures = new Figures(
                outcome.operations() / outcome.seconds(),
                outcome.latency().getValueAtPercentile(50) / 1e6,
                outcome.latency().getValueAtPercentile(99) / 1e6,
                cpu * 1e6 / outcome.operations(),
                side.peer().residentMiB());
        String name = one.name() + ": " + side.peer().name() + " ";
        report.add(round, name + "rate", figures.perSecond(), "1/s");
        report.add(round, name + "p50", figures.p50Millis(), "ms");
        report.add(round, name + "p99", figures.p99Millis(), "ms");
        report.add(round, name + "CPU", figures.cpuMicros(), "us each");
        report.add(round, name + "RSS", figures.residentMiB(), "MiB");
        return figures;
    }

    private void compare(String name, int round, Figures theirs, Figures ours) {
        report.add(round, name + ": rate ratio", ours.perSecond() / theirs.perSecond(), "x etcd");
        report.add(round, name + ": p50 ratio", ours.p50Millis() / theirs.p50Millis(), "x etcd");
        report.add(round, name + ": p99 ratio", ours.p99Millis() / theirs.p99Millis(), "x etcd");
        report.add(round, name + ": CPU ratio", ours.cpuMicros() / theirs.cpuMicros(), "x etcd");
    }

    @Override
    public void close() {
        sides.forEach(side -> side.calls().close());
    }
}
