package io.tidemark.query.span;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as the microseconds since the epoch in which spans count, and back. */
public final class Micros {
    private static final long PER_SECOND = 1_000_000;
    private static final long NANOS = 1_000;
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Micros() {}

    public static long of(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano() / NANOS);
    }

    public static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** RFC 3339 in UTC with six decimals: {@code 2026-11-23T08:17:47.079384Z}. */
    public static String text(Instant instant) {
        return TEXT.format(instant);
    }

    /** The end of a span, {@link TimeRange#FOREVER} when it is still going on. */
    public static long endOf(@Nullable Instant end) {
        return end == null ? TimeRange.FOREVER : of(end);
    }
}
