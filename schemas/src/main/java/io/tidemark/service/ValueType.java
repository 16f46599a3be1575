package io.tidemark.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How values of one type are written.
 *
 * @param name shown on the reference page
 * @param expected what a good value looks like, for the sentence "expected ..."
 * @param parse throws IllegalArgumentException, DateTimeException or ArithmeticException on bad text
 * @param print a text that parses back to the same value
 * @param order for ranges; null when the type has none
 */
record ValueType<T>(
        String name,
        String expected,
        Function<String, T> parse,
        Function<T, String> print,
        @Nullable Comparator<T> order) {

    static final ValueType<String> STRING =
            new ValueType<>("string", "a text", Function.identity(), Function.identity(), null);
    static final ValueType<Integer> INTEGER =
            new ValueType<>("integer", "a whole number", Integer::valueOf, Object::toString, Integer::compare);
    static final ValueType<Long> LONG =
            new ValueType<>("integer", "a whole number", Long::valueOf, Object::toString, Long::compare);
    static final ValueType<Boolean> BOOL =
            new ValueType<>("boolean", "true or false", ValueType::parseBool, value -> value.toString(), null);
    static final ValueType<Duration> DURATION = new ValueType<>(
            "duration",
            "a duration like 500ms, 10s, 5m, 2h, 7d or PT1M30S",
            Quantities::duration,
            Quantities::print,
            Duration::compareTo);
    static final ValueType<Long> BYTES = new ValueType<>(
            "size", "a size like 512, 64KiB, 10MiB or 2GiB", Quantities::bytes, Quantities::printBytes, Long::compare);
    static final ValueType<Path> PATH = new ValueType<>("path", "a path", Path::of, Path::toString, null);
    static final ValueType<List<String>> LIST = new ValueType<>(
            "list", "a list: a,b,c (a comma within an item as \\,)", ValueType::split, ValueType::join, null);

    /** Values are the constants in lower case with dashes: {@code READ_ONLY} is written {@code read-only}. */
    static <E extends Enum<E>> ValueType<E> ofEnum(Class<E> type) {
        String all = Arrays.stream(type.getEnumConstants()).map(ValueType::word).collect(Collectors.joining(", "));
        Function<String, E> parse =
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
        return new ValueType<>("one of " + all, "one of " + all, parse, ValueType::word, null);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Boolean parseBool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static List<String> split(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() && (text.charAt(i + 1) == ',' || text.charAt(i + 1) == '\\')) {
                item.append(text.charAt(++i));
            } else if (c == ',') {
                items.add(item.toString().strip());
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        items.add(item.toString().strip());
        if (items.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("an item is empty");
        }
        return List.copyOf(items);
    }

    /** The inverse of reading a list: one text for many items. */
    static String join(List<String> items) {
        return items.stream()
                .map(item -> item.replace("\\", "\\\\").replace(",", "\\,"))
                .collect(Collectors.joining(","));
    }
}
