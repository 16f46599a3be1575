package io.tidemark.query.span;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a log has been read: for each partition the offset of the next record. A partition that is not named has
 * not been read at all.
 *
 * @param next next offset by partition
 */
public record LogPositions(SortedMap<Integer, Long> next) {
    public static final LogPositions NONE = new LogPositions(new TreeMap<>());

    public LogPositions {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    public static LogPositions of(Map<Integer, Long> next) {
        return new LogPositions(new TreeMap<>(next));
    }

    /** These positions, overwritten by the other's wherever it names a partition. */
    public LogPositions then(LogPositions later) {
        SortedMap<Integer, Long> merged = new TreeMap<>(next);
        merged.putAll(later.next);
        return new LogPositions(merged);
    }

    /** One line of text, for example {@code 0=120,1=98}; empty when nothing has been read. */
    public String text() {
        return next.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static LogPositions parse(String text) {
        SortedMap<Integer, Long> next = new TreeMap<>();
        if (!text.isEmpty()) {
            for (String part : text.split(",", -1)) {
                int equals = part.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("expected partition=offset, found '" + part + "'");
                }
                next.put(Integer.valueOf(part.substring(0, equals)), Long.valueOf(part.substring(equals + 1)));
            }
        }
        return new LogPositions(next);
    }
}
