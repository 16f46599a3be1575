package io.tidemark.tests.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that {@code tests/peers/kubernetes/build} has made, in a process whose output goes to a file. */
final class Peer implements AutoCloseable {
    private static final Path PROGRAMS =
            Path.of("peers", "kubernetes", "target").toAbsolutePath();
    private static final Duration END_PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Path log;
    private final Process process;
    /** Whether it was asked to end. */
    private volatile boolean dismissed;

    private Peer(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts it in a folder, which is its working folder. */
    static Peer start(String program, Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path file = PROGRAMS.resolve(program);
        if (!Files.isExecutable(file)) {
            throw new IllegalStateException(file + " is not there: run Maven with the profile kubernetes");
        }
        List<String> line = new ArrayList<>(List.of(file.toString()));
        line.addAll(arguments);
        Path log = Files.createTempFile(folder, program + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Peer(program, log, builder.start());
    }

    /** Waits until it has ended by itself, and returns what it printed. */
    String ended(Duration patience) throws IOException, InterruptedException {
        awaitEnd(patience);
        if (process.exitValue() != 0) {
            throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + printed());
        }
        return printed();
    }

    /** Asks it to end as a terminal does, and returns what it printed. */
    String interrupted() throws IOException, InterruptedException {
        dismissed = true;
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        return ended(END_PATIENCE);
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " does not end, see " + log);
        }
    }

    String printed() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it ended although nobody asked it to. */
    boolean hasFailed() {
        return !dismissed && !process.isAlive();
    }

    @Override
    public void close() {
        dismissed = true;
        process.destroy();
        try {
            if (!process.waitFor(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
