package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigKeyTest {
    private static final ConfigKey<Duration> WAIT = ConfigKey.duration("wait", Duration.ZERO, "How long.");
    private static final ConfigKey<Long> SIZE = ConfigKey.bytes("size", 0L, "How much.");
    private static final ConfigKey<List<String>> NAMES = ConfigKey.list("names", List.of(), "Which.");

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "10s,PT10S", "5m,PT5M", "2h,PT2H", "7d,PT168H", "PT1M30S,PT1M30S", "P7D,PT168H"})
    void readsDurations(String text, String iso) {
        assertThat(WAIT.parse(text)).contains(Duration.parse(iso));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "1.5s", "10 s", "1w", "-5s", "999999999999999999d"})
    void refusesWhatIsNoDuration(String text) {
        assertThat(WAIT.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "512,512", "512B,512", "64KiB,65536", "10MiB,10485760", "2GiB,2147483648", "1TiB,1099511627776"})
    void readsSizes(String text, long bytes) {
        assertThat(SIZE.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "10MB", "1.5GiB", "MiB", "999999999999999999TiB"})
    void refusesWhatIsNoSize(String text) {
        assertThat(SIZE.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "1500ms", "90s", "5m", "36h", "7d", "PT0.000001S", "PT-5S"})
    void printsDurationsAsTheyAreRead(String text) {
        assertThat(WAIT.parse(text).map(WAIT::show)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a,b", "a\\,b,c", "c:\\\\x,d"})
    void printsListsAsTheyAreRead(String text) {
        assertThat(NAMES.parse(text).map(NAMES::show)).contains(text);
    }

    @Test
    void refusesAnEmptyItemInAList() {
        assertThat(NAMES.parse("a,,b")).isEmpty();
    }

    @Test
    void readsOnlyValuesThatPassTheRangeAndTheTest() {
        ConfigKey<Integer> even =
                ConfigKey.integer("even", 2, "Even.").between(0, 10).checked("an even one", value -> value % 2 == 0);

        assertThat(even.parse("4")).contains(4);
        assertThat(even.parse("5")).isEmpty();
        assertThat(even.parse("12")).isEmpty();
        assertThat(even.expected()).isEqualTo("a whole number, from 0 to 10, an even one");
    }

    @Test
    void refusesADefaultOutsideItsOwnRange() {
        assertThatThrownBy(() -> ConfigKey.integer("n", 11, "N.").between(0, 10))
                .hasMessageContaining("its own default 11");
    }

    @Test
    void refusesARangeForATypeWithoutOrder() {
        assertThatThrownBy(() -> ConfigKey.string("s", "a", "S.").between("a", "b"))
                .hasMessageContaining("has no range");
    }

    @Test
    void refusesAKeyWithoutDocOrWithABadName() {
        assertThatThrownBy(() -> ConfigKey.bool("b", true, " ")).hasMessageContaining("has no doc");
        assertThatThrownBy(() -> ConfigKey.bool("B_b", true, "B.")).hasMessageContaining("lower-case");
    }
}
