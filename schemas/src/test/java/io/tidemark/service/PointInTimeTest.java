package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-23T08:30:00Z"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T08:17:47Z, 2026-11-23T08:17:47Z",
        "2026-11-23T08:17:47.079384Z, 2026-11-23T08:17:47.079384Z",
        "2026-11-23T09:17:47+01:00, 2026-11-23T08:17:47Z",
        "2026-11-23 08:17:47.079, 2026-11-23T08:17:47.079Z",
        "2026-11-23T08:17, 2026-11-23T08:17:00Z",
        "2026-11-23, 2026-11-23T00:00:00Z",
        "90s, 2026-11-23T08:28:30Z",
        "15m, 2026-11-23T08:15:00Z",
        "2h, 2026-11-23T06:30:00Z",
        "1d, 2026-11-22T08:30:00Z"
    })
    void readsWhatPeopleWriteAndWhatTablesShow(String text, String instant) {
        assertThat(PointInTime.parse(text, NOW)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-13-01", "2026-11-23T25:00", "15", "-15m", ""})
    void refusesTheRestWithExamples(String text) {
        assertThatThrownBy(() -> PointInTime.parse(text, NOW))
                .hasMessageContaining("2026-11-23T08:17:47Z")
                .hasMessageContaining("found '" + text + "'");
    }
}
