package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.service.MetricSpec.Definition;
import io.tidemark.service.MetricSpec.Tag;
import io.tidemark.service.MetricSpec.Type;
import io.tidemark.topic.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {
    @Test
    void showsEachKeyWithTypeDefaultAndReason() {
        ConfigKey<Integer> port = ConfigKey.integer("http.port", 7400, "Port of the server.")
                .between(1, 65_535)
                .because("free on most machines");

        assertThat(ReferencePages.config(Map.of("Process", List.of(port))))
                .contains("## Process")
                .contains("| `http.port` | integer, from 1 to 65535 | `7400`: free on most machines "
                        + "| Port of the server. | `TIDEMARK_HTTP_PORT` |");
    }

    @Test
    void hidesTheDefaultOfASecretAndSaysWhatMustBeSet() {
        ConfigKey<String> salt = ConfigKey.string("salt", "pepper", "A salt.").secret();
        ConfigKey<String> name = ConfigKey.string("name", null, "A | B.");

        assertThat(ReferencePages.config(Map.of("Process", List.of(salt, name))))
                .doesNotContain("pepper")
                .contains("| `salt` | string (secret) | hidden | A salt. |")
                .contains("| `name` | string | must be set | A \\| B. |");
    }

    @Test
    void showsEachMetricWithItsTagValues() {
        Definition spec = new Definition(
                "tidemark_ingest_events_total",
                Type.COUNTER,
                "Events.",
                List.of(Tag.of("result", "ok", "bad"), Tag.upTo(64, "cluster")));

        assertThat(ReferencePages.metrics(Map.of("Ingest", List.of(spec)), List.of("`a` = `b`.")))
                .contains("- `a` = `b`.\n")
                .contains("| `tidemark_ingest_events_total` | counter | `result`: ok, bad; "
                        + "`cluster`: at most 64 values, then other | Events. |");
    }

    @Test
    void showsEveryTopic() {
        assertThat(ReferencePages.topics(Topics.ALL))
                .contains("| `tidemark.audit.spans` | `ObjectKey` | `Span` | 4 | 7d | audit-correlator | query-api |")
                .contains("tidemark.audit.events")
                .contains("tidemark.audit.rejects");
    }
}
