package io.tidemark.query.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A point in time as people write it: a time (UTC unless it says otherwise), a day, or how long ago. */
record Moment(Instant instant) {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)(Z|[+-]\\d\\d:\\d\\d)?");

    /** For picocli. */
    static final class Converter implements ITypeConverter<Moment> {
        @Override
        public Moment convert(String text) {
            return parse(text, InstantSource.system());
        }
    }

    static Moment parse(String text, InstantSource clock) {
        try {
            Matcher ago = AGO.matcher(text);
            if (ago.matches()) {
                return new Moment(clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2))));
            }
            Matcher time = TIME.matcher(text);
            if (time.matches()) {
                String zone = time.group(3) == null ? "Z" : time.group(3);
                return new Moment(OffsetDateTime.parse(time.group(1) + "T" + time.group(2) + zone)
                        .toInstant());
            }
            return new Moment(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "expected a time such as 2026-11-23T08:17:47Z, a day such as 2026-11-23, or"
                            + " how long ago such as 15m, found '" + text + "'");
        }
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    @Override
    public String toString() {
        return instant.toString();
    }
}
