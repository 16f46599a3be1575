package io.tidemark.tests.bench;

import io.tidemark.tests.bench.Distribution.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tests/bench/run}: measures a built distribution; JSON lines on standard output and a table at the end. */
@Command(name = "tests/bench/run", mixinStandardHelpOptions = true, description = "Measures the built distribution.")
final class BenchMain implements Callable<Integer> {
    private static final int LIST_EVENTS = 400;
    private static final int TRICKLE_LIST_EVENTS = 50;

    @Option(names = "--distribution", required = true, description = "unpacked distribution")
    private Path home = Path.of("");

    @Option(names = "--events", defaultValue = "400000", description = "saturated part; default ${DEFAULT-VALUE}")
    private int events;

    @Option(names = "--trickle-events", defaultValue = "30000", description = "part with 500 events/s")
    private int trickleEvents;

    @Option(names = "--rate", defaultValue = "9000", description = "sustained part, events/s; default ${DEFAULT-VALUE}")
    private int rate;

    @Option(names = "--rounds", defaultValue = "1", description = "lives under load; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--starts", defaultValue = "1", description = "starts without and with caches")
    private int starts;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "setting of the platform")
    private List<String> settings = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "also write the JSON lines here")
    private List<Path> jsonFiles = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new BenchMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Distribution distribution = new Distribution(home.toAbsolutePath());
        Path sample = distribution.sample();
        BenchPlan plan = new BenchPlan(
                sample,
                Recording.read(sample, LIST_EVENTS),
                Recording.read(sample, TRICKLE_LIST_EVENTS),
                events,
                trickleEvents,
                rate,
                rounds,
                starts,
                settings);
        Report report = Report.to(jsonFiles);
        report.facts(facts(plan));
        Path work = Files.createTempDirectory("tidemark-bench");
        try {
            measureStarts(plan, distribution, work, report);
            for (int round = 1; round <= plan.rounds(); round++) {
                Path data = work.resolve("round-" + round);
                try (Running platform = distribution.start(data, plan.settings())) {
                    new Round(plan, round, platform, report).run();
                }
                Folders.delete(data);
            }
        } finally {
            Folders.delete(work);
        }
        System.out.print(report.table());
        return 0;
    }

    /** The start without a cache is the one that records for it, so it also has to do some work. */
    private static void measureStarts(BenchPlan plan, Distribution distribution, Path work, Report report)
            throws IOException, InterruptedException {
        for (int start = 1; start <= plan.starts(); start++) {
            distribution.forgetCaches();
            Path data = work.resolve("start-" + start);
            try (Running first = distribution.start(data, plan.settings());
                    Queryable queryable = new Queryable(first.port())) {
                report.add(start, "start without cache", first.startSeconds(), "s");
                new Load(plan.bulk(), 0, 1, 0).run(first.port(), (copy, probe, nanoTime) -> {});
                queryable.awaitSettled();
            }
            distribution.awaitCaches();
            Folders.delete(data);
            try (Running second = distribution.start(data, plan.settings())) {
                report.add(start, "start with cache, empty folder", second.startSeconds(), "s");
            }
            try (Running third = distribution.start(data, plan.settings())) {
                report.add(start, "start with cache, used folder", third.startSeconds(), "s");
            }
            Folders.delete(data);
        }
    }

    private static Map<String, Object> facts(BenchPlan plan) throws IOException {
        Map<String, Object> facts = Report.surroundings();
        facts.put("meanEventBytes", plan.bulk().meanEventBytes());
        facts.put("events", plan.events());
        facts.put("settings", plan.settings());
        return facts;
    }
}
