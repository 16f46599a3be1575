package io.tidemark.tests.robustness;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * Where the randomness of a test comes from. The seed of a failed run is in its message; give it back with
 * {@code -Dtidemark.seed=N} to repeat what was random in it.
 */
public final class Seeds {
    private Seeds() {}

    /** So many seeds; the first is the one asked for, if any. */
    static LongStream take(int count) {
        Random random = new Random();
        return LongStream.range(0, count).map(run -> run == 0 ? first() : random.nextInt(Integer.MAX_VALUE));
    }

    public static long first() {
        Long asked = Long.getLong("tidemark.seed");
        return asked == null ? new Random().nextInt(Integer.MAX_VALUE) : asked;
    }
}
