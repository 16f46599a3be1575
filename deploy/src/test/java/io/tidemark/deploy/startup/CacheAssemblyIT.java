package io.tidemark.deploy.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.AutoComplete;

/** Real JVMs and the script of the distribution, with a small program that is in a jar as a cache demands. */
class CacheAssemblyIT {
    private static final Path SCRIPT =
            Path.of("src", "main", "dist", "bin", "assemble-cache").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    Path temp;

    private Path cache;
    private CacheAssembly.Jvm jvm;

    @BeforeEach
    void record() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("a folder"));
        cache = folder.resolve("small-1f.aot");
        String jar = Path.of(AutoComplete.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        jvm = new CacheAssembly.Jvm(
                List.of(
                        "-XX:+UseSerialGC",
                        StartupCache.RECORD,
                        StartupCache.CONFIGURATION + cache + ".4711" + StartupCache.CONFIGURATION_SUFFIX),
                jar);
        assertThat(run(jvm.options().toArray(String[]::new))).isZero();
        String recording = jvm.recording().orElseThrow();
        assertThat(Path.of(recording + ".conf")).isNotEmptyFile();
        Files.writeString(Path.of(recording + ".args"), jvm.arguments(recording));
    }

    /** Runs the program with these options of the JVM. */
    private int run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(Arrays.asList(options));
        command.addAll(List.of("-cp", jvm.classPath(), AutoComplete.class.getName(), "--help"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("log").toFile())
                .start()
                .waitFor();
    }

    private void assemble(String said) throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        "sh", SCRIPT.toString(), JAVA, jvm.recording().orElseThrow())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("script").toFile())
                .start();
        try (var in = script.getOutputStream()) {
            in.write(said.getBytes(StandardCharsets.US_ASCII));
        }
        script.waitFor();
        assertThat(temp.resolve("script")).isEmptyFile();
    }

    @Test
    void aRunThatWasReadyLeavesACacheThatIsUsed() throws Exception {
        assemble("ready\n");
        try (var files = Files.list(cache.getParent())) {
            assertThat(files).containsExactly(cache);
        }
        // with AOTMode=on the JVM refuses to start when the cache is not usable
        assertThat(run("-XX:+UseSerialGC", "-XX:AOTMode=on", "-XX:AOTCache=" + cache))
                .as(Files.readString(temp.resolve("log")))
                .isZero();
        assertThat(run("-XX:+UseSerialGC", "-XX:AOTMode=on", "-XX:AOTCache=" + cache + ".missing"))
                .isNotZero();
    }

    @Test
    void whatAFailedRunHasRecordedIsThrownAway() throws Exception {
        assemble("");
        try (var files = Files.list(cache.getParent())) {
            assertThat(files).isEmpty();
        }
    }
}
