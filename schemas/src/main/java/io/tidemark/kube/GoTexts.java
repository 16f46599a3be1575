package io.tidemark.kube;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Times, durations and numbers as Go writes them. */
final class GoTexts {
    /** 0001-01-01T00:00:00Z, Go's zero time, in seconds. */
    static final long ZERO_TIME = -62_135_596_800L;

    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_10000 = 253_402_300_800L;
    private static final double LEAST_PLAIN = 1e-6;
    private static final double MOST_PLAIN = 1e21;
    private static final long SECOND = 1_000_000_000L;

    private GoTexts() {}

    /** Whether the year has four digits; RFC 3339 has no others. */
    static boolean hasYear(long second) {
        return second >= YEAR_0 && second < YEAR_10000;
    }

    /** {@code 2026-11-23T08:16:58Z}. */
    static String time(long second) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        char[] text = "0000-00-00T00:00:00Z".toCharArray();
        digits(text, 4, time.getYear());
        digits(text, 7, time.getMonthValue());
        digits(text, 10, time.getDayOfMonth());
        digits(text, 13, time.getHour());
        digits(text, 16, time.getMinute());
        digits(text, 19, time.getSecond());
        return new String(text);
    }

    /** {@code 2026-11-23T08:16:58.252177Z}. */
    static String microTime(long second, int micros) {
        char[] fraction = "000000".toCharArray();
        digits(fraction, 6, micros);
        String seconds = time(second);
        return seconds.substring(0, seconds.length() - 1) + "." + new String(fraction) + "Z";
    }

    private static void digits(char[] text, int end, int value) {
        int left = value;
        for (int at = end - 1; left > 0; at--) {
            text[at] = (char) ('0' + left % 10);
            left /= 10;
        }
    }

    /** As {@code time.Duration.String}: {@code 1h0m5.5s}, {@code 1.5µs}, {@code 0s}. */
    static String duration(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        // the most negative value is the same bits as its negation, read without a sign
        long size = Math.abs(nanos);
        if (Long.compareUnsigned(size, SECOND) < 0) {
            return sign + belowASecond(size);
        }
        long seconds = Long.divideUnsigned(size, SECOND);
        String text = decimal(seconds % 60, Long.remainderUnsigned(size, SECOND), 9) + "s";
        long minutes = seconds / 60;
        if (minutes > 0) {
            text = minutes % 60 + "m" + text;
        }
        return sign + (minutes >= 60 ? minutes / 60 + "h" : "") + text;
    }

    private static String belowASecond(long nanos) {
        if (nanos < 1000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000
                ? decimal(nanos / 1000, nanos % 1000, 3) + "µs"
                : decimal(nanos / 1_000_000, nanos % 1_000_000, 6) + "ms";
    }

    private static String decimal(long whole, long fraction, int places) {
        if (fraction == 0) {
            return Long.toString(whole);
        }
        String digits = String.format(Locale.ROOT, "%0" + places + "d", fraction);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return whole + "." + digits.substring(0, end);
    }

    /** As {@code encoding/json} writes a float64: the fewest digits, an exponent outside of 1e-6 to 1e21. */
    static String number(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = shortest(value);
        double size = Math.abs(value);
        if (size >= LEAST_PLAIN && size < MOST_PLAIN) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
    }

    private static BigDecimal shortest(double value) {
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (digits.precision() == 2) {
            // Java writes two digits where one would do
            BigDecimal one = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
            if (one.doubleValue() == value) {
                return one;
            }
        }
        return digits;
    }
}
