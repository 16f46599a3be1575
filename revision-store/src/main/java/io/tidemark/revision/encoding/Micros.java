package io.tidemark.revision.encoding;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as the microseconds since 1970 in which the log counts, and back. */
public final class Micros {
    private Micros() {}

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant at(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
