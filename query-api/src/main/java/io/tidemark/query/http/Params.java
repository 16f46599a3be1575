package io.tidemark.query.http;

import io.tidemark.query.span.Cursor;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.TimeRange;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request, read strictly: what is unknown, repeated or malformed is refused by name. */
final class Params {
    private static final int LONGEST_VALUE = 1_000;
    private static final Set<String> PAGING = Set.of("cursor", "limit");

    private final MultiMap values;

    /** Accepts these parameters and no others, each at most once. */
    Params(MultiMap values, Set<String> known) {
        this.values = values;
        for (String name : values.names()) {
            if (!known.contains(name)) {
                throw Problem.badParameter(
                        name,
                        "unknown parameter '" + name + "'; known here: " + String.join(", ", new TreeSet<>(known)));
            }
            if (values.getAll(name).size() > 1) {
                throw Problem.badParameter(name, "parameter '" + name + "' is given more than once");
            }
            if (values.get(name).length() > LONGEST_VALUE) {
                throw Problem.badParameter(
                        name, "parameter '" + name + "' is longer than " + LONGEST_VALUE + " characters");
            }
        }
    }

    /** The value; empty when it is not given or given without text. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** The value even when it is empty text. */
    Optional<String> textOrEmpty(String name) {
        return Optional.ofNullable(values.get(name));
    }

    int integer(String name, int otherwise, int least, int most) {
        return text(name)
                .map(value -> {
                    int number = parse(name, value);
                    if (number < least || number > most) {
                        throw Problem.badParameter(
                                name, name + " must be from " + least + " to " + most + ", found " + number);
                    }
                    return number;
                })
                .orElse(otherwise);
    }

    <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
        return text(name).map(value -> constant(name, type, value));
    }

    /** Names of constants separated by commas. */
    <E extends Enum<E>> Set<String> someOf(String name, Class<E> type) {
        return text(name)
                .map(value -> Arrays.stream(value.split(",", -1))
                        .map(part -> constant(name, type, part.strip()).name())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** Parameters from and to; open where they are missing. */
    TimeRange range() {
        long from = time("from").orElse(TimeRange.ALL.fromMicros());
        long to = time("to").orElse(TimeRange.ALL.toMicros());
        if (from > to) {
            throw Problem.badParameter(
                    "to",
                    "to must not be before from, found to=" + Micros.text(Micros.at(to)) + " and from="
                            + Micros.text(Micros.at(from)));
        }
        return new TimeRange(from, to);
    }

    PageRequest page(int otherwise, int most, PageRequest.Order order) {
        return new PageRequest(integer("limit", otherwise, 1, most), order, cursor());
    }

    /** The cursor as the next page's link carries it: bound to the question, so that it cannot be used for another. */
    String cursor(Cursor next) {
        return next.text() + "." + question();
    }

    private @Nullable Cursor cursor() {
        String text = text("cursor").orElse("");
        if (text.isEmpty()) {
            return null;
        }
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw notACursor(text);
        }
        if (!text.substring(dot + 1).equals(question())) {
            throw Problem.badParameter("cursor", "the cursor belongs to other parameters; ask for the first page");
        }
        try {
            return Cursor.parse(text.substring(0, dot));
        } catch (IllegalArgumentException e) {
            throw notACursor(text);
        }
    }

    private static Problem notACursor(String found) {
        return Problem.badParameter(
                "cursor", "cursor must be the member next of the page before, found '" + found + "'");
    }

    private String question() {
        CRC32 sum = new CRC32();
        List<String> names = values.names().stream()
                .filter(name -> !PAGING.contains(name))
                .sorted()
                .toList();
        for (String name : names) {
            sum.update((name + "=" + values.get(name) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return Long.toHexString(sum.getValue());
    }

    private Optional<Long> time(String name) {
        return text(name).map(value -> {
            try {
                Instant instant = OffsetDateTime.parse(value).toInstant();
                return Micros.of(instant);
            } catch (DateTimeException | ArithmeticException e) {
                throw Problem.badParameter(
                        name,
                        name + " must be an RFC 3339 time such as 2026-11-23T08:17:47.079384Z, found '" + value + "'");
            }
        });
    }

    private static int parse(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Problem.badParameter(name, name + " must be a whole number, found '" + value + "'");
        }
    }

    private static <E extends Enum<E>> E constant(String name, Class<E> type, String found) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(found.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        String known = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw Problem.badParameter(name, name + " must be one of " + known + ", found '" + found + "'");
    }
}
