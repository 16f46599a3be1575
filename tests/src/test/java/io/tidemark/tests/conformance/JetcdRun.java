package io.tidemark.tests.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program of the module {@code tests/jetcd}, which uses each service by jetcd, in a process with jetcd's libraries alone. */
final class JetcdRun {
    /** What it told of a real etcd. */
    static final Path RECORDED = Path.of("src", "test", "resources", "etcd-3.7.3-jetcd", "told.txt");

    private static final Path MODULE = Path.of("jetcd", "target").toAbsolutePath();
    private static final String PROGRAM = "io.tidemark.jetcd.JetcdProgram";
    private static final long PATIENCE_SECONDS = 120;

    private JetcdRun() {}

    static List<String> recorded() throws IOException {
        return Files.readAllLines(RECORDED);
    }

    /**
     * What it tells of a fresh server.
     *
     * @param folder for what it says
     */
    static List<String> against(int port, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        MODULE.resolve("classes") + File.pathSeparator + MODULE.resolve("lib") + File.separator + "*",
                        PROGRAM,
                        "http://127.0.0.1:" + port)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("jetcd's program came to nothing:\n" + read(out) + read(err));
            }
        } finally {
            process.destroyForcibly();
        }
        return read(out).lines().toList();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
