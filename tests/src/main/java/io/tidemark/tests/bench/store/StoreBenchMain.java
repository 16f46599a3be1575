package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Distribution;
import io.tidemark.tests.bench.Folders;
import io.tidemark.tests.bench.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tests/bench/store}: the distribution's etcd API beside a real etcd; JSON lines, and a table at the end. */
@Command(
        name = "tests/bench/store",
        mixinStandardHelpOptions = true,
        description = "Measures the etcd API of the built distribution beside a real etcd.")
final class StoreBenchMain implements Callable<Integer> {
    @Option(names = "--distribution", required = true, description = "unpacked distribution")
    private Path home = Path.of("");

    @Option(names = "--etcd", required = true, description = "the etcd program")
    private Path etcd = Path.of("");

    @Option(names = "--rounds", defaultValue = "5", description = "of each case; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "30", description = "of each case and server; default ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "60", description = "seconds for each server; default ${DEFAULT-VALUE}")
    private int warmUp;

    @Option(names = "--connections", defaultValue = "8", description = "of the client; default ${DEFAULT-VALUE}")
    private int connections;

    @Option(names = "--only", paramLabel = "REGEX", defaultValue = "", description = "cases whose name has a match")
    private Pattern only = Pattern.compile("");

    @Option(names = "--keys", defaultValue = "1000000", description = "of the large keyspace; 0: not measured")
    private int keys;

    @Option(
            names = "--brokers",
            defaultValue = "0",
            description = "Tidemark on a Kafka cluster of so many, beside as many members of etcd; 0: each by itself")
    private int brokers;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "setting of the platform")
    private List<String> settings = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "also write the JSON lines here")
    private List<Path> jsonFiles = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StoreBenchMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Report report = Report.to(jsonFiles);
        report.facts(facts());
        Path work = Files.createTempDirectory("tidemark-bench-store");
        try {
            contest(work, report);
            watches(work, report);
            topics(work, report);
            large(work, report);
        } finally {
            Folders.delete(work);
        }
        System.out.print(report.table());
        return 0;
    }

    private void contest(Path work, Report report) throws IOException, InterruptedException {
        List<Case> cases =
                Cases.all().stream().filter(one -> isChosen(one.name())).toList();
        if (cases.isEmpty()) {
            return;
        }
        try (Peer theirs = etcd(work.resolve("etcd"));
                Peer ours = tidemark(work.resolve("tidemark"));
                Contest contest = new Contest(List.of(theirs, ours), connections, report)) {
            contest.warmUp(Duration.ofSeconds(warmUp));
            contest.run(cases, rounds, time());
        }
    }

    private void watches(Path work, Report report) throws IOException, InterruptedException {
        List<WatchCase> cases =
                WatchCase.all().stream().filter(one -> isChosen(one.name())).toList();
        boolean catchesUp = isChosen(WatchContest.catchUp());
        if (cases.isEmpty() && !catchesUp && !isChosen(DisturbedWatches.NAME) && !isChosen(ProgressContest.NAME)) {
            return;
        }
        try (Peer theirs = etcd(work.resolve("etcd-watched"));
                Peer ours = tidemark(work.resolve("tidemark-watched"))) {
            List<Peer> peers = List.of(theirs, ours);
            WatchContest contest = new WatchContest(report, connections);
            for (WatchCase one : cases) {
                contest.run(one, peers, rounds, time());
            }
            if (catchesUp) {
                contest.catchUp(peers, rounds);
            }
            if (isChosen(DisturbedWatches.NAME)) {
                new DisturbedWatches(report, connections).run(peers, rounds, time());
            }
            if (isChosen(ProgressContest.NAME)) {
                new ProgressContest(report, connections).run(peers, ours, rounds, time());
            }
        }
    }

    private void topics(Path work, Report report) throws IOException, InterruptedException {
        if (isChosen(TopicContest.NAME)) {
            try (TidemarkPeer ours = tidemark(work.resolve("tidemark-subscribed"))) {
                new TopicContest(report, connections).run(ours, rounds, time());
            }
        }
    }

    /** Of each case and server. */
    private Duration time() {
        return Duration.ofSeconds(seconds);
    }

    private boolean isChosen(String name) {
        return only.matcher(name).find();
    }

    private void large(Path work, Report report) throws IOException, InterruptedException {
        if (keys == 0) {
            return;
        }
        try (Peer theirs = etcd(work.resolve("etcd-large"))) {
            new LargeKeyspace(theirs, connections, report, keys).run(1);
        }
        try (Peer ours = tidemark(work.resolve("tidemark-large"))) {
            new LargeKeyspace(ours, connections, report, keys).run(1);
        }
    }

    private Peer etcd(Path folder) throws IOException, InterruptedException {
        return EtcdPeer.start(etcd.toAbsolutePath(), folder, Math.max(1, brokers));
    }

    private TidemarkPeer tidemark(Path data) throws IOException, InterruptedException {
        return TidemarkPeer.start(new Distribution(home.toAbsolutePath()), data, settings, brokers);
    }

    private Map<String, Object> facts() throws IOException {
        Map<String, Object> facts = Report.surroundings();
        facts.put("seconds", seconds);
        facts.put("warmUp", warmUp);
        facts.put("connections", connections);
        facts.put("brokers", brokers);
        facts.put("settings", settings);
        return facts;
    }
}
