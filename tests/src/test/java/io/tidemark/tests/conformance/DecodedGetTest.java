package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.cli.StoreShell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark get --decode} prints what Kubernetes stored as its API tells it. */
class DecodedGetTest {
    private static final String PLANTED = "cGxhbnRlZA";

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static StoreShell.Outcome get(StoreEndpoint store, String... words) {
        List<String> line = new ArrayList<>(List.of("get", "--endpoint=127.0.0.1:" + store.port()));
        line.addAll(List.of(words));
        return StoreShell.run(line, "");
    }

    /** In Kubernetes' envelope. */
    private static String envelope(String kind, String message) {
        return "k8s\0\n\f\n\u0002v1\u0012" + (char) kind.length() + kind + "\u0012" + (char) message.length() + message;
    }

    @Test
    void objectsAreToldAsTheApiTellsThemAndSecretsAreMasked() {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder)) {
            String entry = "\n\u0001p\u0012" + (char) PLANTED.length() + PLANTED;
            String held = "\u0012" + (char) entry.length() + entry;
            Ask.write(store, "o/1", "k8s\0\n\u000f\n\u0002v1\u0012\tConfigMap\u0012\u0005\n\u0003\n\u0001a");
            Ask.write(store, "o/2", envelope("Secret", held));
            Ask.write(
                    store,
                    "o/3",
                    "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"annotations\":{\"a\":\"b\","
                            + "\"kubectl.kubernetes.io/last-applied-configuration\":\"" + PLANTED
                            + "\"}},\"stringData\":[\""
                            + PLANTED + "\"],\"data\":{\"x\":{\"y\":\"" + PLANTED + "\"},\"z\":\"" + PLANTED
                            + "\"},\"immutable\":true}");
            Ask.write(store, "o/4", "a text");
            Ask.write(store, "o/5", envelope("Secret", held).replace("\n\u0001p", "\u007f\u0001p"));
            String[] lines = get(store, "--prefix", "o/", "--decode", "--print-value-only")
                    .out()
                    .split("\n");
            assertThat(lines[0])
                    .isEqualTo(
                            "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"2\"}}");
            assertThat(lines[1]).startsWith("{\"kind\":\"Secret\"").endsWith("\"data\":{\"p\":\"(masked)\"}}");
            assertThat(lines[2])
                    .contains(
                            "\"annotations\":{\"a\":\"b\",\"kubectl.kubernetes.io/last-applied-configuration\":\"(masked)\"}")
                    .contains(
                            "\"stringData\":\"(masked)\",\"data\":{\"x\":\"(masked)\",\"z\":\"(masked)\"},\"immutable\":true");
            assertThat(lines[3]).isEqualTo("a text");
            assertThat(lines[4]).startsWith("(cannot be decoded: ");
            assertThat(String.join("\n", lines)).doesNotContain(PLANTED);
            assertThat(get(store, "o/4", "--decode").out()).isEqualTo("o/4\na text\n");
            assertThat(get(store, "o/4", "--decode", "-w", "json").code()).isEqualTo(2);
        }
    }
}
