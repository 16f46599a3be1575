package io.tidemark.tests.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Invocations of etcdctl against a fresh store, one after another, one a line, with what they left behind. What differs
 * from one store to the next is taken out: who answered, its name, that etcd's members have addresses for each other, too,
 * what is measured, times left, and the ids of leases. The newest lease's id stands as {@code {lease}}, in what is run, too.
 */
record CommandScript(String name, List<Invocation> invocations) {
    /** What the real etcdctl of this version did. */
    static final Path FOLDER = Path.of("src", "test", "resources", "etcdctl-3.7.3");

    private static final String LEASE = "{lease}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern GRANTED = Pattern.compile("lease ([0-9a-f]{16}) granted|\"ID\"(?: : |:)(\\d+)");
    private static final Pattern WHO = Pattern.compile(
            "(\"(?:cluster_id|member_id|raft_term)\":|\"(?:ClusterID|MemberID|RaftTerm)\" : )[0-9a-f]{2,}|"
                    + "(\"raft_term\":|\"RaftTerm\" : )[1-9]");
    private static final Pattern LEFT = Pattern.compile("(remaining\\(|\"ttl\":)(?!-)\\d+");
    private static final Pattern TIME_LEFT = Pattern.compile("(\"TTL\" : )(?!-)\\d+");

    /** Commands that print figures of the server that they ask. */
    private static final Set<String> OF_ONE_SERVER =
            Set.of("endpoint", "member", "defrag", "check", "downgrade", "alarm");

    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:\\d+");
    private static final Pattern FIGURE = Pattern.compile("[0-9a-f]*\\d[0-9a-f.]*( ?[kM]?B| ?(m|Â?µ)?s\\b)?");

    private static final Pattern NAME = Pattern.compile("(started, |\"name\":\"|\"Name\" : \")[\\w-]+");
    private static final Pattern PEERS =
            Pattern.compile("(?<=\\{name}, )[^,]*(?=, )|,\"peerURLs\":\\[[^]]*]|\"PeerURL\" : \"[^\"]*\"\n");
    /** What is the same whoever is asked: a checksum of the history. */
    private static final String CHECKSUM = "hashkv";

    /** A command line that can be run. */
    interface Runner {
        Invocation run(List<String> words, String in) throws IOException, InterruptedException;
    }

    /** All scripts of a folder below {@link #FOLDER}, in the order of their names. */
    static List<CommandScript> readAll(String folder) throws IOException {
        List<CommandScript> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                List<Invocation> invocations = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    invocations.add(JSON.readValue(line, Invocation.class));
                }
                scripts.add(new CommandScript(folder + "/" + file.getFileName(), invocations));
            }
        }
        return scripts;
    }

    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Invocation invocation : invocations) {
            lines.add(JSON.writeValueAsString(invocation));
        }
        Files.write(FOLDER.resolve(name), lines);
    }

    /** The same invocations, with what they leave behind now. */
    CommandScript run(Runner runner) throws IOException, InterruptedException {
        List<Invocation> ran = new ArrayList<>();
        String lease = "0";
        for (Invocation asked : invocations) {
            String known = lease;
            List<String> words =
                    asked.run().stream().map(word -> word.replace(LEASE, known)).toList();
            Invocation done = runner.run(words, asked.in().replace(LEASE, known));
            lease = granted(done, lease);
            ran.add(new Invocation(asked.run(), asked.in(), done.code(), normalised(done, lease)));
        }
        return new CommandScript(name, ran);
    }

    private static String granted(Invocation done, String before) {
        Matcher granted = GRANTED.matcher(done.out());
        if (!done.run().subList(0, Math.min(2, done.run().size())).equals(List.of("lease", "grant"))
                || !granted.find()) {
            return before;
        }
        return granted.group(1) == null ? "%016x".formatted(Long.parseLong(granted.group(2))) : granted.group(1);
    }

    private static String normalised(Invocation done, String lease) {
        String told = ADDRESS.matcher(done.out()).replaceAll("{server}");
        if (OF_ONE_SERVER.contains(done.run().getFirst()) && !done.run().contains(CHECKSUM)) {
            String member = NAME.matcher(FIGURE.matcher(told).replaceAll("#")).replaceAll("$1{name}");
            return PEERS.matcher(member).replaceAll("");
        }
        String out = WHO.matcher(told).replaceAll(CommandScript::named);
        out = LEFT.matcher(out).replaceAll("$1?");
        if (done.run().contains("timetolive")) {
            out = TIME_LEFT.matcher(out).replaceAll("$1?");
        }
        return lease.equals("0")
                ? out
                : out.replace(lease, LEASE).replace(Long.toString(Long.parseLong(lease, 16)), LEASE);
    }

    private static String named(MatchResult found) {
        return (found.group(1) == null ? found.group(2) : found.group(1)) + "?";
    }
}
