package io.tidemark.service;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A point in time as people write it: a time (UTC unless it says otherwise), a day, or how long ago. */
public final class PointInTime {
    private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)(Z|[+-]\\d\\d:\\d\\d)?");

    private PointInTime() {}

    /** @throws IllegalArgumentException when it is none; the message has examples */
    public static Instant parse(String text, InstantSource clock) {
        try {
            Matcher ago = AGO.matcher(text);
            if (ago.matches()) {
                return clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
            }
            Matcher time = TIME.matcher(text);
            if (time.matches()) {
                String zone = time.group(3) == null ? "Z" : time.group(3);
                return OffsetDateTime.parse(time.group(1) + "T" + time.group(2) + zone)
                        .toInstant();
            }
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "expected a time such as 2026-11-23T08:17:47Z, a day such as 2026-11-23, or"
                            + " how long ago such as 15m, found '" + text + "'",
                    e);
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
}
