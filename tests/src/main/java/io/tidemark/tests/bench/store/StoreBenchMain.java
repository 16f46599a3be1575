package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Distribution;
import io.tidemark.tests.bench.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tests/bench/store}: the distribution's etcd API beside a real etcd; JSON lines, and a table at the end. */
@Command(
        name = "tests/bench/store",
        mixinStandardHelpOptions = true,
        description = "Measures the etcd API of the built distribution beside a real etcd.")
final class StoreBenchMain implements Runnable {
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

    @Option(names = "--data", description = "folder for the servers' data; default: a temporary one")
    private List<Path> folders = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "setting of the platform")
    private List<String> settings = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "also write the JSON lines here")
    private List<Path> jsonFiles = List.of();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StoreBenchMain()).execute(arguments));
    }

    @Override
    public void run() {
        try {
            measure();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure() throws IOException, InterruptedException {
        Path work = folders.isEmpty() ? Files.createTempDirectory("tidemark-bench-store") : folders.getFirst();
        List<PrintStream> outputs = new ArrayList<>(List.of(System.out));
        for (Path file : jsonFiles) {
            outputs.add(new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8));
        }
        Report report = new Report(outputs);
        report.facts(facts());
        List<Case> cases = Cases.all().stream()
                .filter(one -> only.matcher(one.name()).find())
                .toList();
        Distribution distribution = new Distribution(home.toAbsolutePath());
        try (Peer ours = TidemarkPeer.start(distribution, work.resolve("tidemark"), settings);
                Peer theirs = EtcdPeer.start(etcd.toAbsolutePath(), work.resolve("etcd"));
                Contest contest = new Contest(List.of(theirs, ours), connections, report)) {
            contest.warmUp(Duration.ofSeconds(warmUp));
            contest.run(cases, rounds, Duration.ofSeconds(seconds));
        }
        if (keys > 0) {
            try (Peer theirs = EtcdPeer.start(etcd.toAbsolutePath(), work.resolve("etcd-large"))) {
                new LargeKeyspace(theirs, connections, report, keys).run(1);
            }
            try (Peer ours = TidemarkPeer.start(distribution, work.resolve("tidemark-large"), settings)) {
                new LargeKeyspace(ours, connections, report, keys).run(1);
            }
        }
        System.out.print(report.table());
    }

    private Map<String, Object> facts() throws IOException {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put(
                "loadAverageBefore", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        facts.put("seconds", seconds);
        facts.put("warmUp", warmUp);
        facts.put("connections", connections);
        facts.put("settings", settings);
        return facts;
    }
}
