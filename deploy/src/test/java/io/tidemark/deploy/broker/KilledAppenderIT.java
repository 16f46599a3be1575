package io.tidemark.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.log.TransactionLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that appends is killed again and again, and its machine loses its power: what it was answered, and what it has
 * read, is there, in its place, and groups are whole.
 */
class KilledAppenderIT {
    private static final int ROUNDS = 3;
    private static final int GROUPS = 120;

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "kafka"})
    void whatWasAnsweredIsThereAfterKillNineAndAPowerCut(String adapter) throws Exception {
        Map<Long, String> answered = new TreeMap<>();
        Map<Long, String> seen = new TreeMap<>();
        PowerCut power = new PowerCut(temp.resolve("kafka"), temp);
        for (int round = 0; round < ROUNDS; round++) {
            runAndKill(adapter, "r" + round, power.options(), answered, seen);
            if (round > 0) {
                System.out.println("a power cut took " + power.happens() + " bytes");
            }
        }
        Map<Long, String> found = found();

        assertThat(seen).hasSizeGreaterThan(ROUNDS * GROUPS);
        seen.forEach((offset, text) ->
                assertThat(found.get(offset)).as("seen at offset %d", offset).isEqualTo(text));
        answered.forEach((offset, text) ->
                assertThat(found.get(offset)).as("offset %d", offset).isEqualTo(text));
        assertThat(answered).hasSizeGreaterThan(ROUNDS * GROUPS);
        assertGroupsAreWhole(found);
    }

    private void runAndKill(
            String adapter, String name, List<String> options, Map<Long, String> answered, Map<Long, String> seen)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(
                List.of(AppendingMain.class.getName(), temp.resolve("kafka").toString(), name, adapter));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            int groups = 0;
            String line = out.readLine();
            while (line != null) {
                groups += note(line, answered, seen);
                if (groups == GROUPS && process.isAlive()) {
                    // in the midst of the next group's flush
                    TimeUnit.MILLISECONDS.sleep(ForcedRecords.SLOW_MILLIS / 2);
                    process.toHandle().destroyForcibly(); // the process itself would close its output, too
                }
                // what it printed before it died counts, too
                line = next(out);
            }
            assertThat(groups).as("groups that were answered").isGreaterThanOrEqualTo(GROUPS);
        } finally {
            process.destroyForcibly();
            assertThat(process.onExit().orTimeout(30, TimeUnit.SECONDS).join().isAlive())
                    .isFalse();
        }
    }

    private static String next(BufferedReader out) {
        try {
            return out.readLine();
        } catch (IOException e) {
            return null; // the pipe of a killed process
        }
    }

    /** 1 for the line of a group; the last line of a killed process may be cut off, so only whole ones are taken. */
    private static int note(String line, Map<Long, String> answered, Map<Long, String> seen) {
        String[] words = line.split(" ");
        if (!words[words.length - 1].equals("END")) {
            return 0;
        }
        if (words[0].equals("SEEN")) {
            seen.put(Long.parseLong(words[1]), words[2]);
            return 0;
        }
        if (!words[0].equals("DONE")) {
            return 0;
        }
        long offset = Long.parseLong(words[1]);
        for (int i = 2; i < words.length - 1; i++) {
            answered.put(offset + i - 2, words[i]);
        }
        return 1;
    }

    private Map<Long, String> found() throws Exception {
        Map<Long, String> found = new TreeMap<>();
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.at(temp.resolve("kafka"), 0))) {
            broker.start();
            try (TransactionLog log = AppendingMain.inProcess(broker)) {
                long next = log.begin();
                while (next < log.end()) {
                    for (LogRecord record : log.read(next, 1 << 16, Duration.ofSeconds(30))) {
                        found.put(record.offset(), new String(record.value(), StandardCharsets.UTF_8));
                        next = record.offset() + 1;
                    }
                }
            }
        }
        return found;
    }

    private static void assertGroupsAreWhole(Map<Long, String> found) {
        Map<String, List<String>> groups = new HashMap<>();
        for (String text : found.values()) {
            groups.computeIfAbsent(text.substring(0, text.lastIndexOf('-')), group -> new ArrayList<>())
                    .add(text.substring(text.lastIndexOf('-') + 1));
        }
        groups.forEach((group, members) -> {
            List<String> whole = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                whole.add(i + "/" + members.size());
            }
            assertThat(members).as("group %s", group).isEqualTo(whole);
        });
    }
}
