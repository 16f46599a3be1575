package io.tidemark.tests.bench;

import io.tidemark.tests.bench.Distribution.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One life of the platform under load:
 *
 * <pre>
 *   reference copy      one copy, settled: how many spans a copy has, held against the oracle
 *   cold                half as many events as asked for, as fast as the door answers, from a cold JIT
 *   sustained           half as many at a fixed rate: latency at full load
 *   saturated           as many as asked for, as fast as the door answers: what a warm platform can do
 *   trickle             500 events/s for a while: latency of a quiet cluster
 * </pre>
 *
 * Each part ends when every span of it can be found.
 */
final class Round {
    private static final double MIB = 1024 * 1024;
    private static final double TRICKLE_PER_SECOND = 500;
    private static final Load.Watcher NOBODY = (copy, probe, nanoTime) -> {};

    private final BenchPlan plan;
    private final int number;
    private final Running platform;
    private final Report report;
    private int copies;
    private long spansPerCopy;

    Round(BenchPlan plan, int number, Running platform, Report report) {
        this.plan = plan;
        this.number = number;
        this.platform = platform;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        try (Queryable queryable = new Queryable(platform.port())) {
            reference(queryable);
            flood("cold", plan.events() / 2, queryable);
            sustained(queryable);
            flood("saturated", plan.events(), queryable);
            if (plan.trickleEvents() > 0) {
                trickle(queryable);
            }
            queryable.requireEqualClusters(copies);
        }
        memoryAndDisk();
    }

    private void reference(Queryable queryable) throws IOException, InterruptedException {
        next(plan.bulk(), 1, 0).run(platform.port(), NOBODY);
        spansPerCopy = queryable.awaitSettled();
        if (number == 1) {
            queryable.requireAgreement(plan.recordingFile(), new ClusterCopy(0).cluster());
        }
        add("spans per event", (double) spansPerCopy / plan.bulk().events(), "1");
    }

    private void flood(String part, int events, Queryable queryable) throws IOException, InterruptedException {
        All before = usage();
        long began = System.nanoTime();
        Load.Outcome outcome = next(plan.bulk(), plan.copies(events), 0).run(platform.port(), NOBODY);
        queryable.await(copies * spansPerCopy);
        double seconds = (System.nanoTime() - began) / 1e9;
        add(part + ": door", outcome.events() / outcome.seconds(), "events/s");
        add(part + ": end to end", outcome.events() / seconds, "events/s");
        add(part + ": refusals", (double) outcome.refusals(), "lists answered 503");
        addCpu(part, before, outcome.events());
    }

    private void sustained(Queryable queryable) throws IOException, InterruptedException {
        All before = usage();
        long began = System.nanoTime();
        Load load = next(plan.bulk(), plan.copies(plan.events() / 2), plan.eventsPerSecond());
        Load.Outcome outcome = measured("sustained", load, 2, 50);
        queryable.await(copies * spansPerCopy);
        double seconds = (System.nanoTime() - began) / 1e9;
        add("sustained: offered", plan.eventsPerSecond(), "events/s");
        add("sustained: end to end", outcome.events() / seconds, "events/s");
        addCpu("sustained", before, outcome.events());
    }

    private void trickle(Queryable queryable) throws IOException, InterruptedException {
        Load load = next(plan.trickle(), plan.copies(plan.trickleEvents()), TRICKLE_PER_SECOND);
        All before = usage();
        Load.Outcome outcome = measured("500/s", load, 1, 20);
        queryable.await(copies * spansPerCopy);
        addCpu("500/s", before, outcome.events());
    }

    private Load next(Recording recording, int count, double eventsPerSecond) {
        Load load = new Load(recording, copies, count, eventsPerSecond);
        copies += count;
        return load;
    }

    private Load.Outcome measured(String part, Load load, int every, long periodMillis)
            throws IOException, InterruptedException {
        try (LatencyProbe probe = new LatencyProbe(platform.port(), every, periodMillis)) {
            Load.Outcome outcome = load.run(platform.port(), probe);
            Histogram micros = probe.finish();
            add(part + ": latency p50", micros.getValueAtPercentile(50) / 1e6, "s");
            add(part + ": latency p99", micros.getValueAtPercentile(99) / 1e6, "s");
            add(part + ": latency max", micros.getMaxValue() / 1e6, "s");
            add(part + ": latency samples", (double) micros.getTotalCount(), "1");
            return outcome;
        }
    }

    /** What the two JVMs and this process have used. */
    private record All(Usage core, Usage correlator, Usage generator) {}

    private All usage() throws IOException {
        return new All(
                Usage.of(platform.corePid()),
                Usage.of(platform.correlatorPid()),
                Usage.of(ProcessHandle.current().pid()));
    }

    private void addCpu(String part, All before, long events) throws IOException {
        All now = usage();
        double core = now.core().cpuSeconds() - before.core().cpuSeconds();
        double correlator = now.correlator().cpuSeconds() - before.correlator().cpuSeconds();
        add(part + ": CPU core", core * 1_000 / events, "CPU s per 1,000 events");
        add(part + ": CPU correlator", correlator * 1_000 / events, "CPU s per 1,000 events");
        add(part + ": CPU all", (core + correlator) * 1_000 / events, "CPU s per 1,000 events");
        double generator = now.generator().cpuSeconds() - before.generator().cpuSeconds();
        add(part + ": CPU load generator", generator * 1_000 / events, "CPU s per 1,000 events");
        addRoles(part + ": core ", before.core(), now.core(), events);
        addRoles(part + ": correlator ", before.correlator(), now.correlator(), events);
    }

    private void addRoles(String prefix, Usage before, Usage now, long events) {
        now.roles().forEach((role, seconds) -> {
            double used = (seconds - before.roles().getOrDefault(role, 0.0)) * 1_000 / events;
            if (used >= 0.0005) {
                add(prefix + role, used, "CPU s per 1,000 events");
            }
        });
    }

    private void memoryAndDisk() throws IOException, InterruptedException {
        Usage core = Usage.of(platform.corePid());
        Usage correlator = Usage.of(platform.correlatorPid());
        add("RSS core, peak", core.peakBytes() / MIB, "MiB");
        add("RSS correlator, peak", correlator.peakBytes() / MIB, "MiB");
        add("RSS all, at the end", (core.residentBytes() + correlator.residentBytes()) / MIB, "MiB");
        double events = (double) copies * plan.bulk().events();
        add("disk: everything", bytes(platform.data()) / events, "bytes/event");
        try (Stream<Path> parts = Files.list(platform.data())) {
            for (Path part : parts.filter(Files::isDirectory).sorted().toList()) {
                add("disk: " + part.getFileName(), bytes(part) / events, "bytes/event");
            }
        }
    }

    /** Blocks in use: Kafka's indexes are files of a fixed size with little in them. */
    private static long bytes(Path folder) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-s", "-B1", folder.toString()).start();
        String answer = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // files that went while it looked make it end with 1
        du.waitFor();
        return Long.parseLong(answer.substring(0, answer.indexOf('\t')));
    }

    private void add(String measure, double value, String unit) {
        report.add(number, measure, value, unit);
    }
}
