package io.tidemark.tests.bench;

import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A built distribution, and where its start-up caches lie. */
public record Distribution(Path home) {
    /** Between two looks; more of them would be a load of their own on a platform that has just been started. */
    private static final long POLL_MILLIS = 50;

    private static final long READY_SECONDS = 120;
    private static final long STOP_SECONDS = 120;
    private static final long CACHES_SECONDS = 240;
    private static final long CACHES_POLL_MILLIS = 200;

    /** Deletes the start-up caches, as after unpacking. */
    void forgetCaches() throws IOException {
        Path cache = home.resolve("cache");
        if (!Files.isDirectory(cache)) {
            return;
        }
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Waits for the caches that are made in the background after the first clean stop. */
    void awaitCaches() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CACHES_SECONDS);
        while (!hasCache("core") || !hasCache("correlator")) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no start-up caches in " + home.resolve("cache") + " " + CACHES_SECONDS
                        + " s after the first clean stop");
            }
            TimeUnit.MILLISECONDS.sleep(CACHES_POLL_MILLIS);
        }
    }

    private boolean hasCache(String jvm) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("cache"))) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith(jvm + "-") && name.endsWith(".aot"));
        }
    }

    Path sample() {
        return home.resolve("examples").resolve("shop").resolve("audit.jsonl.gz");
    }

    /** Starts {@code tidemark up} on the folder and waits until it says it is ready. */
    public Running start(Path data, List<String> settings) throws IOException, InterruptedException {
        int port = FreePorts.next();
        List<String> command = new ArrayList<>(
                List.of(home.resolve("bin").resolve("tidemark").toString(), "up", "--data", data.toString()));
        List<String> all = new ArrayList<>(List.of("http.port=" + port, "kafka.port=0", "etcd.port=0"));
        all.addAll(settings);
        all.forEach(setting -> command.addAll(List.of("--set", setting)));
        long began = System.nanoTime();
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        while (!ready(port)) {
            if (!process.isAlive() || System.nanoTime() - began > TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
                process.destroyForcibly();
                throw new IOException("tidemark up did not become ready; it said:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return new Running(process, port, data, (System.nanoTime() - began) / 1e9);
    }

    private static boolean ready(int port) {
        try (HttpConnection http = new HttpConnection(port)) {
            return http.get("/readyz").ok();
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }

    /** Asks it to end, and waits until it has. */
    public static void stop(Process process, String name) throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(name + " did not stop within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The platform while it runs.
     *
     * @param process the core's JVM; the correlator's is its child
     * @param port of doors and API
     * @param data its folder
     * @param startSeconds from the command to ready
     */
    public record Running(Process process, int port, Path data, double startSeconds) implements AutoCloseable {
        public long corePid() {
            return process.pid();
        }

        public long correlatorPid() throws IOException {
            // beside it, a shell may wait for the end of a first run to make its start-up cache
            return process.descendants()
                    .filter(child -> child.info().command().orElse("").endsWith("java"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the correlator's JVM is not there"))
                    .pid();
        }

        @Override
        public void close() throws IOException {
            stop(process, "tidemark");
        }
    }
}
