package io.tidemark.deploy.correlator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.service.Health;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrelatorProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    static CorrelatorProcess supervise(Path folder) {
        ChildCommand command = new ChildCommand(
                System.getProperty("java.class.path"),
                ChildMain.class.getName(),
                List.of("-Xmx32m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                List.of(folder.resolve("fail").toString()));
        RestartPolicy policy = new RestartPolicy(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofHours(1));
        return new CorrelatorProcess(command, folder.resolve("correlator.log"), policy, Duration.ofSeconds(30));
    }

    @Test
    void startsAKilledChildAgain() {
        try (CorrelatorProcess correlator = supervise(temp)) {
            assertThat(correlator.check()).isInstanceOf(Health.Down.class);
            correlator.start();
            awaitUp(correlator);
            long first = correlator.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            await().atMost(PATIENCE).until(() -> correlator.restarts() == 1);
            awaitUp(correlator);
            assertThat(correlator.pid()).isNotEqualTo(first);
        }
    }

    @Test
    void saysWhyAndSinceWhenTheChildIsDownAndKeepsTrying() throws Exception {
        Path fail = Files.createFile(temp.resolve("fail"));
        try (CorrelatorProcess correlator = supervise(temp)) {
            correlator.start();
            await().atMost(PATIENCE).until(() -> correlator.restarts() >= 3);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(correlator.check())
                            .isInstanceOfSatisfying(
                                    Health.Down.class,
                                    down -> assertThat(down.why())
                                            .contains("exit code 3", "no state to start from", "since")));
            assertThat(temp.resolve("correlator.log")).content().contains("\tat some.Frame");
            Files.delete(fail);
            awaitUp(correlator);
        }
    }

    @Test
    void endsTheChildOnClose() {
        CorrelatorProcess correlator = supervise(temp);
        correlator.start();
        awaitUp(correlator);
        ProcessHandle child = ProcessHandle.of(correlator.pid()).orElseThrow();
        correlator.close();
        correlator.close();
        assertThat(child.isAlive()).isFalse();
        assertThat(correlator.check()).isInstanceOf(Health.Down.class);
    }

    @Test
    void childEndsWhenItsParentIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentMain.class.getName(),
                        temp.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = parent.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.matches("\\d+")) {
                line = output.readLine();
            }
            assertThat(line).as("pid of the child").isNotNull();
            ProcessHandle child = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
            parent.destroyForcibly();
            child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToTheLimit() {
        RestartPolicy policy = new RestartPolicy(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(policy.waitAfter(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.waitAfter(3)).isEqualTo(Duration.ofSeconds(4));
        assertThat(policy.waitAfter(6)).isEqualTo(Duration.ofSeconds(30));
        assertThat(policy.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void keepsTheLogBelowItsLimit() throws Exception {
        Path file = temp.resolve("small.log");
        try (RotatingLog log = new RotatingLog(file, 1_000)) {
            for (int i = 0; i < 500; i++) {
                log.line("line " + i);
            }
        }
        assertThat(Files.size(file)).isLessThanOrEqualTo(1_000);
        assertThat(Files.size(temp.resolve("small.log.1"))).isLessThanOrEqualTo(1_000);
        assertThat(Files.readString(file)).endsWith("line 499\n");
    }

    private static void awaitUp(CorrelatorProcess correlator) {
        await().atMost(PATIENCE).until(() -> correlator.check() instanceof Health.Up);
    }
}
