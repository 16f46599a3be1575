package io.tidemark.audit.fact;

/** Durations as Go prints them: {@code 1m2.5s}, {@code 503.117ms}, {@code 42µs}. */
final class GoDuration {
    private GoDuration() {}

    /** Microseconds, rounded down; 0 for a text that is no such duration. */
    static long micros(String text) {
        double total = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = at;
            while (digits < text.length() && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) {
                digits++;
            }
            int unit = digits;
            while (unit < text.length() && !Character.isDigit(text.charAt(unit)) && text.charAt(unit) != '.') {
                unit++;
            }
            double factor = factor(text.substring(digits, unit));
            if (digits == at || factor == 0) {
                return 0;
            }
            total += Double.parseDouble(text.substring(at, digits)) * factor;
            at = unit;
        }
        return (long) total;
    }

    private static double factor(String unit) {
        return switch (unit) {
            case "h" -> 3_600_000_000.0;
            case "m" -> 60_000_000.0;
            case "s" -> 1_000_000.0;
            case "ms" -> 1_000.0;
            case "us", "µs", "μs" -> 1.0;
            case "ns" -> 0.001;
            default -> 0;
        };
    }
}
