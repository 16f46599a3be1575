package io.tidemark.revision.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as etcdctl's flags have it: {@code 5s}, {@code 1m30s}, {@code 1.5h}. */
final class GoDuration implements ITypeConverter<Duration> {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    @Override
    public Duration convert(String text) {
        Matcher part = PART.matcher(text);
        double millis = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            millis += Double.parseDouble(part.group(1)) * millis(part.group(2));
            end = part.end();
        }
        if (text.equals("0") || end == text.length() && end > 0 && millis < Integer.MAX_VALUE) {
            return Duration.ofMillis(Math.round(millis));
        }
        throw new TypeConversionException("expected a duration such as 5s or 1m30s, found '" + text + "'");
    }

    private static double millis(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
        };
    }
}
