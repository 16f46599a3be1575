package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidemark.service.Config.Explanation;
import io.tidemark.service.ConfigException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private enum Mode {
        READ_ONLY,
        READ_WRITE
    }

    private static final ConfigKey<Integer> PORT =
            ConfigKey.integer("http.port", 7400, "Port of the HTTP server.").between(1, 65_535);
    private static final ConfigKey<Duration> LINGER =
            ConfigKey.duration("ingest.max-linger", Duration.ofMillis(5), "How long a batch may wait.");
    private static final ConfigKey<Long> BODY = ConfigKey.bytes("ingest.body.max", 10L << 20, "Largest body.");
    private static final ConfigKey<List<String>> CLUSTERS =
            ConfigKey.list("ingest.clusters", List.of(), "Clusters that may send.");
    private static final ConfigKey<Mode> MODE =
            ConfigKey.enumeration("store.mode", Mode.class, Mode.READ_WRITE, "How the store is opened.");
    private static final ConfigKey<String> SALT =
            ConfigKey.string("ingest.redact.salt", "pepper", "Key of the hash.").secret();
    private static final ConfigKey<Boolean> SAMPLE = ConfigKey.bool("sample", false, "Feed the sample.");
    private static final ConfigKey<Path> FOLDER = ConfigKey.path("data", Path.of("data"), "Where data lies.");
    private static final List<ConfigKey<?>> KEYS = List.of(PORT, LINGER, BODY, CLUSTERS, MODE, SALT, SAMPLE, FOLDER);

    @TempDir
    private Path folder;

    private Path yaml(String text) throws IOException {
        return Files.writeString(folder.resolve("tidemark.yaml"), text);
    }

    private static List<Problem> problems(ConfigLoader loader) {
        return catchThrowableOfType(ConfigException.class, loader::load).problems();
    }

    private static ConfigLoader loader() {
        return new ConfigLoader(KEYS);
    }

    @Test
    void givesDefaultsWhenNothingIsSet() {
        Config config = loader().load();

        assertThat(config.get(PORT)).isEqualTo(7400);
        assertThat(config.get(MODE)).isEqualTo(Mode.READ_WRITE);
        assertThat(config.explain()).contains(new Explanation("ingest.body.max", "10MiB", "default"));
    }

    @Test
    void letsFlagsBeatEnvironmentBeatFileBeatDefaults() throws IOException {
        Path file = yaml("""
                http: {port: 1}
                sample: true
                ingest:
                  max-linger: 1s
                """);
        Config config = loader().file(file)
                .environment(Map.of("TIDEMARK_HTTP_PORT", "2", "TIDEMARK_INGEST_MAX_LINGER", "2s", "PATH", "/bin"))
                .flags(Map.of("http.port", "3"))
                .load();

        assertThat(config.explain())
                .contains(
                        new Explanation("http.port", "3", "flag --http.port"),
                        new Explanation("ingest.max-linger", "2s", "environment TIDEMARK_INGEST_MAX_LINGER"),
                        new Explanation("sample", "true", file + ":2"),
                        new Explanation("data", "data", "default"));
    }

    @Test
    void readsEveryTypeFromNestedAndDottedYaml() throws IOException {
        Config config = loader().file(yaml("""
                        http.port: 8080
                        ingest:
                          max-linger: PT1M30S
                          body.max: 64KiB
                          clusters: [prod, "a,b", 'c\\d']
                        store: {mode: read-only}
                        data: /var/lib/tidemark
                        """)).load();

        assertThat(config.get(PORT)).isEqualTo(8080);
        assertThat(config.get(LINGER)).isEqualTo(Duration.ofSeconds(90));
        assertThat(config.get(BODY)).isEqualTo(65_536);
        assertThat(config.get(CLUSTERS)).containsExactly("prod", "a,b", "c\\d");
        assertThat(config.get(MODE)).isEqualTo(Mode.READ_ONLY);
        assertThat(config.get(FOLDER)).isEqualTo(Path.of("/var/lib/tidemark"));
    }

    @Test
    void reportsEveryProblemAtOnceWithItsPlace() throws IOException {
        Path file = yaml("""
                http:
                  port: 70000
                ingest:
                  max-lingr: 1s
                """);
        List<Problem> problems = problems(loader().file(file)
                .environment(Map.of("TIDEMARK_SAMPLE", "yes", "TIDEMARK_DATTA", "x"))
                .flags(Map.of("store.mode", "write")));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        new Problem(
                                "ingest.max-lingr", file + ":4", "is no known key; did you mean ingest.max-linger?"),
                        new Problem("TIDEMARK_DATTA", "environment", "is no known key; did you mean TIDEMARK_DATA?"),
                        new Problem(
                                "http.port", file + ":2", "expected a whole number, from 1 to 65535, found '70000'"),
                        new Problem("sample", "environment TIDEMARK_SAMPLE", "expected true or false, found 'yes'"),
                        new Problem(
                                "store.mode",
                                "flag --store.mode",
                                "expected one of read-only, read-write, found 'write'"));
    }

    @Test
    void reportsAnOverriddenValueThatIsWrong() throws IOException {
        ConfigLoader loader = loader().file(yaml("http.port: none")).flags(Map.of("http.port", "80"));

        assertThat(problems(loader)).extracting(Problem::key).containsExactly("http.port");
    }

    @Test
    void suggestsNothingWhenNothingIsNear() {
        assertThat(problems(loader().flags(Map.of("colour", "blue"))))
                .containsExactly(new Problem("colour", "flag --colour", "is no known key"));
    }

    @Test
    void refusesAKeySetTwiceAndNamesBothPlaces() throws IOException {
        Path file = yaml("http.port: 1\nhttp:\n  port: 2\n");

        assertThat(problems(loader().file(file)))
                .containsExactly(new Problem("http.port", file + ":3", "is set twice, first at " + file + ":1"));
    }

    @Test
    void refusesAListWhereOneValueBelongsAndAKeyWithoutValue() throws IOException {
        Path file = yaml("http.port: [1, 2]\ndata:\n");

        assertThat(problems(loader().file(file)))
                .extracting(Problem::toString)
                .containsExactlyInAnyOrder(
                        "http.port (" + file + ":1): expected a whole number, from 1 to 65535, found the list [1,2]",
                        "data (" + file + ":2): has no value; leave the key out to get the default");
    }

    @Test
    void saysWhereAFileIsNotYaml() throws IOException {
        Path file = yaml("http:\n  port: 'open\n");

        assertThat(problems(loader().file(file)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.source()).startsWith(file + ":"))
                .satisfies(problem -> assertThat(problem.message()).startsWith("not YAML: "));
    }

    @Test
    void refusesAliasesThatCouldUnfoldWithoutEnd() throws IOException {
        assertThat(problems(loader().file(yaml("a: &a {b: *a}\n"))))
                .extracting(Problem::message)
                .anyMatch(message -> message.startsWith("not usable YAML"));
    }

    @Test
    void saysThatTheFileDoesNotExist() {
        assertThat(problems(loader().file(folder.resolve("gone.yaml"))))
                .containsExactly(new Problem("", folder.resolve("gone.yaml").toString(), "the file does not exist"));
    }

    @Test
    void takesAnEmptyFileAsNothingSet() throws IOException {
        assertThat(loader().file(yaml("# nothing yet\n")).load().get(PORT)).isEqualTo(7400);
    }

    @Test
    void refusesAFileThatIsNoMapping() throws IOException {
        assertThat(problems(loader().file(yaml("- 1\n")))).hasSize(1);
    }

    @Test
    void demandsAKeyWithoutDefault() {
        ConfigKey<String> name = ConfigKey.string("name", null, "Name of this process.");

        assertThat(problems(new ConfigLoader(List.of(name))))
                .containsExactly(new Problem("name", "nowhere", "must be set: expected a text"));
    }

    @Test
    void neverShowsASecret() {
        ConfigKey<Integer> pin =
                ConfigKey.integer("pin", 1, "A pin.").between(1, 9).secret();
        ConfigLoader loader = new ConfigLoader(List.of(pin, SALT)).flags(Map.of("pin", "1234"));
        Config config = loader().flags(Map.of("ingest.redact.salt", "hunter2")).load();

        assertThat(problems(loader).toString()).doesNotContain("1234").contains("a value that is not shown");
        assertThat(config.toString()).doesNotContain("hunter2").contains(ConfigKey.HIDDEN);
        assertThat(SALT.defaultText()).contains(ConfigKey.HIDDEN);
        assertThat(config.get(SALT)).isEqualTo("hunter2");
    }

    @Test
    void ignoresTheVariablesThatKubernetesSetsForAServiceOfThatName() {
        Config config = loader().environment(Map.of(
                        "TIDEMARK_SERVICE_HOST", "10.0.0.1",
                        "TIDEMARK_SERVICE_PORT_HTTP", "7400",
                        "TIDEMARK_PORT", "tcp://10.0.0.1:7400",
                        "TIDEMARK_PORT_7400_TCP_ADDR", "10.0.0.1"))
                .load();

        assertThat(config.get(PORT)).isEqualTo(7400);
    }

    @Test
    void refusesKeysThatShareAnEnvironmentVariable() {
        ConfigKey<String> a = ConfigKey.string("a.b", "", "One.");
        ConfigKey<String> b = ConfigKey.string("a-b", "", "Other.");

        assertThatThrownBy(() -> new ConfigLoader(List.of(a, b))).hasMessageContaining("TIDEMARK_A_B");
    }

    @Test
    void refusesAKeyThatWasNotLoaded() {
        assertThatThrownBy(() -> new ConfigLoader(List.of(PORT)).load().get(SAMPLE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample");
    }
}
