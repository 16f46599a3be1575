package io.tidemark.audit.fact;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since the epoch, the resolution of the API server's clock and of every contract. */
public final class Instants {
    private Instants() {}

    public static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    public static Instant of(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** Kubernetes' RFC 3339 text, whole seconds or microseconds, as microseconds since the epoch; 0 for an empty or unreadable text, which in a body means "not set". */
    static long micros(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
