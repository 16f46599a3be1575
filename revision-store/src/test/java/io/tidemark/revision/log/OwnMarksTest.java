package io.tidemark.revision.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnMarksTest {
    private static final byte[] KEY = {1};
    private static final byte[] MARK = {2};

    private final OwnMarks marks = new OwnMarks(KEY, MARK);

    @Test
    void areReadAsFarAsNothingStandsBetween() {
        List.of(5L, 6L, 8L).forEach(marks::add);

        assertThat(marks.take(5)).extracting(LogRecord::offset).containsExactly(5L, 6L);
        assertThat(marks.take(7)).isEmpty();
        assertThat(marks.take(8)).singleElement().satisfies(mark -> {
            assertThat(mark.key()).isEqualTo(KEY);
            assertThat(mark.value()).isEqualTo(MARK);
        });
    }

    @Test
    void areNotToldBehindSomethingElse() {
        marks.add(6);

        assertThat(marks.take(5)).isEmpty();
        assertThat(marks.take(6)).hasSize(1);
    }

    @Test
    void areForgottenWhenOneReadsBehindThem() {
        List.of(5L, 6L).forEach(marks::add);

        assertThat(marks.take(6)).hasSize(1);
        assertThat(marks.take(5)).isEmpty();
    }

    @Test
    void thatNobodyReadsTakeNoRoomForEver() {
        for (long offset = 0; offset < 100_000; offset += 2) {
            marks.add(offset);
        }

        assertThat(marks.take(0)).isEmpty();
        assertThat(marks.take(99_998)).hasSize(1);
    }
}
