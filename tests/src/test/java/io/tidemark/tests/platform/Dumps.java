package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comparison of span dumps of which a few lines differ at most. */
public final class Dumps {
    private static final int SHOWN = 3;
    private static final int SHOWN_CHARACTERS = 2_000;

    private Dumps() {}

    /** Fails unless both are the same byte for byte, showing lines of only one of the two, cut short. */
    public static void assertSame(String actual, String expected, String message, Object... arguments) {
        assertThat(expected).as("the dump to compare with").isNotEmpty();
        if (!actual.equals(expected)) {
            assertThat(differences(actual, expected)).as(message, arguments).isEmpty();
            throw new AssertionError(message.formatted(arguments) + ": the same lines, but not byte for byte");
        }
    }

    private static List<String> differences(String actual, String expected) {
        Set<String> wanted = expected.lines().collect(Collectors.toSet());
        Set<String> found = actual.lines().collect(Collectors.toSet());
        return Stream.concat(only("missing", wanted, found), only("extra", found, wanted))
                .toList();
    }

    private static Stream<String> only(String what, Set<String> there, Set<String> notThere) {
        return there.stream()
                .filter(line -> !notThere.contains(line))
                .sorted()
                .limit(SHOWN)
                .map(line -> what + " " + line.substring(0, Math.min(SHOWN_CHARACTERS, line.length())));
    }
}
