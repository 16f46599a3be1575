package io.tidemark.audit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T08:16:58Z",
                "1970-01-01T00:00:00Z",
                "2024-02-29T23:59:59Z",
                "2026-12-31T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-11-23T08:16:58.278531Z"
            })
    void readsTheTimesThatBodiesHold(String text) {
        assertThat(Instants.micros(text)).isEqualTo(Instants.micros(Instant.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-23 08:16:58Z",
                "20261123T081658Z",
                "x"
            })
    void takesWhatIsNoTimeForNotSet(String text) {
        assertThat(Instants.micros(text)).isZero();
    }
}
