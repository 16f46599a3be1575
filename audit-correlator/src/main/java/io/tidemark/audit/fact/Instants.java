package io.tidemark.audit.fact;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as microseconds since the epoch, the resolution of the API server's clock and of every contract. */
public final class Instants {
    private static final String WHOLE_SECONDS = "0000-00-00T00:00:00Z";
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long UNUSUAL = Long.MIN_VALUE;

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
        if (text.length() == WHOLE_SECONDS.length()) {
            long seconds = wholeSeconds(text);
            if (seconds != UNUSUAL) {
                return seconds * 1_000_000;
            }
        }
        try {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return 0;
        }
    }

    /** Seconds since the epoch of a text as nearly all of them are; {@link #UNUSUAL} for any other text. */
    private static long wholeSeconds(String text) {
        for (int i = 0; i < WHOLE_SECONDS.length(); i++) {
            char c = text.charAt(i);
            char expected = WHOLE_SECONDS.charAt(i);
            if (expected == '0' ? c < '0' || c > '9' : c != expected) {
                return UNUSUAL;
            }
        }
        int month = number(text, 5, 7);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int ofDay = number(text, 11, 13) * 3600 + minute * 60 + second;
        if (month < 1 || month > 12 || minute > 59 || second > 59 || ofDay >= SECONDS_PER_DAY) {
            return UNUSUAL;
        }
        LocalDate first = LocalDate.of(number(text, 0, 4), month, 1);
        int day = number(text, 8, 10);
        return day >= 1 && day <= first.lengthOfMonth()
                ? (first.toEpochDay() + day - 1) * SECONDS_PER_DAY + ofDay
                : UNUSUAL;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
