package io.tidemark.ingest.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** Times as the API server writes them, {@code 2026-11-23T08:17:47.079384Z}, and any other RFC 3339 time. */
final class AuditTimes {
    /** What {@link #parseMicros} answers for a text that is no time. */
    static final long UNREADABLE = Long.MIN_VALUE;

    private static final int FIXED_LENGTH = 27;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private AuditTimes() {}

    static long parseMicros(String text) {
        if (text.length() == FIXED_LENGTH) {
            long micros = parseFixed(text);
            if (micros != UNREADABLE) {
                return micros;
            }
        }
        try {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            return UNREADABLE;
        }
    }

    static String format(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    private static long parseFixed(String t) {
        if (t.charAt(4) != '-'
                || t.charAt(7) != '-'
                || t.charAt(10) != 'T'
                || t.charAt(13) != ':'
                || t.charAt(16) != ':'
                || t.charAt(19) != '.'
                || t.charAt(26) != 'Z') {
            return UNREADABLE;
        }
        int year = digits(t, 0, 4);
        int month = digits(t, 5, 2);
        int day = digits(t, 8, 2);
        int hour = digits(t, 11, 2);
        int minute = digits(t, 14, 2);
        int second = digits(t, 17, 2);
        int micro = digits(t, 20, 6);
        boolean plain =
                year >= 0 && month >= 1 && month <= 12 && day >= 1 && (day <= 28 || endOfMonth(year, month, day));
        if (!plain || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || micro < 0) {
            return UNREADABLE;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second;
        return seconds * MICROS_PER_SECOND + micro;
    }

    private static boolean endOfMonth(int year, int month, int day) {
        return day <= LocalDate.of(year, month, 1).lengthOfMonth();
    }

    /** The number in {@code count} digits, or a negative number when one of them is no digit. */
    private static int digits(String text, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
