package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked as a user does, into a folder whose name has a space. */
class DistributionIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern NOTICE = Pattern.compile("\\([^():]+:([^():]+):([^():]+) - ");
    private static final List<String> LIBRARIES = List.of("lib", "lib-correlator", "lib-registry");

    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        Path place = Files.createDirectory(folder.resolve("my programs"));
        Process tar = new ProcessBuilder("tar", "-xzf", archive().toString(), "-C", place.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        try (Stream<Path> unpacked = Files.list(place)) {
            home = unpacked.findFirst().orElseThrow();
        }
        assertThat(home.resolve("cache")).as("what runs made").doesNotExist();
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "deploy", "target"))) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("deploy has not been packaged with its archive"));
        }
    }

    @Test
    void holdsWhatIsPromised() {
        assertThat(List.of(
                        "LICENSE",
                        "NOTICE",
                        "sbom.json",
                        "bin/tidemark",
                        "conf/logback.xml",
                        "examples/audit-policy.yaml",
                        "examples/shop/audit.jsonl.gz",
                        "examples/shop/history.jsonl.gz",
                        "third-party/core.txt",
                        "third-party/correlator.txt",
                        "third-party/registry.txt"))
                .allSatisfy(
                        file -> assertThat(home.resolve(file)).isRegularFile().isNotEmptyFile());
        assertThat(home.resolve("bin/tidemark")).isExecutable();
    }

    @Test
    void namesEveryLibraryInTheNoticesAndInTheBillOfMaterials() throws IOException {
        StringBuilder notices = new StringBuilder();
        for (String part : List.of("core", "correlator", "registry")) {
            notices.append(Files.readString(home.resolve("third-party").resolve(part + ".txt")));
        }
        Set<String> named = NOTICE.matcher(notices)
                .results()
                .map(notice -> notice.group(1) + "-" + notice.group(2))
                .collect(Collectors.toSet());
        assertThat(unnamed(named)).as("third-party/*.txt").isEmpty();
        assertThat(unnamed(components())).as("sbom.json").isEmpty();
        assertThat(jars())
                .hasSizeGreaterThan(50)
                .noneMatch(jar -> jar.matches("(junit|assertj|archunit|awaitility).*"));
    }

    /** Jars whose name, without a classifier, is none of these. */
    private static List<String> unnamed(Set<String> named) throws IOException {
        return jars().stream()
                .filter(jar ->
                        named.stream().noneMatch(name -> jar.equals(name + ".jar") || jar.startsWith(name + "-")))
                .toList();
    }

    private static Set<String> components() throws IOException {
        try (InputStream in = Files.newInputStream(home.resolve("sbom.json"))) {
            JsonNode components = new ObjectMapper().readTree(in).path("components");
            return components
                    .valueStream()
                    .map(each -> each.path("name").asText() + "-"
                            + each.path("version").asText())
                    .collect(Collectors.toSet());
        }
    }

    /** File names of other people's jars. */
    private static List<String> jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String library : LIBRARIES) {
            try (Stream<Path> files = Files.list(home.resolve(library))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> !name.startsWith("tidemark-"))
                        .forEach(jars::add);
            }
        }
        return jars;
    }

    @Test
    void startsWhereItWasUnpackedAndCanBeReachedFromThisMachineOnly() throws Exception {
        try (PlatformProcess platform = PlatformProcess.startFrom(home, folder.resolve("my data"))) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> isReady(platform));
            assertThat(platform.isAlive()).isTrue();
            List<ProcessHandle> processes = platform.processes();
            assertThat(processes).as("core and correlator").hasSize(2);
            if (OS.LINUX.isCurrentOs()) {
                assertThat(ListeningSockets.of(processes.getFirst())).hasSizeGreaterThanOrEqualTo(2);
                for (ProcessHandle process : processes) {
                    assertThat(ListeningSockets.reachable(process))
                            .as("%s", process.info())
                            .isEmpty();
                }
            }
        }
    }

    private static boolean isReady(PlatformProcess platform) throws IOException {
        try (InputStream answer = platform.baseUri().resolve("/readyz").toURL().openStream()) {
            return answer.readAllBytes().length > 0;
        }
    }
}
