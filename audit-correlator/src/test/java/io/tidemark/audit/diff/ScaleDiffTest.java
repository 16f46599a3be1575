package io.tidemark.audit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScaleDiffTest {
    @Test
    void tellsReplicasOfTheScaledObject() {
        assertThat(between(
                                "{\"kind\":\"Deployment\",\"spec\":{\"replicas\":2,\"paused\":true}}",
                                "{\"kind\":\"Scale\",\"spec\":{\"replicas\":5},\"status\":{\"replicas\":2}}")
                        .fields())
                .containsExactly(new FieldChange("spec.replicas", "2", "5"));
    }

    @Test
    void readsMissingReplicasOfAScaleAsZero() {
        assertThat(between("{\"kind\":\"Scale\",\"spec\":{\"replicas\":5}}", "{\"kind\":\"Scale\",\"spec\":{}}")
                        .fields())
                .containsExactly(new FieldChange("spec.replicas", "5", "0"));
    }

    @Test
    void tellsNothingWithoutBothSides() {
        assertThat(ScaleDiff.between(null, "{\"kind\":\"Scale\"}".getBytes(StandardCharsets.UTF_8))
                        .isEmpty())
                .isTrue();
        assertThat(between("{\"kind\":\"Pod\",\"spec\":{}}", "{\"kind\":\"Scale\"}")
                        .isEmpty())
                .isTrue();
    }

    private static Changes between(String before, String after) {
        return ScaleDiff.between(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
    }
}
