package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A set of spans as text that can be compared byte for byte: one JSON line per span, by span id, without the time of
 * acceptance, which is no part of a span's meaning. Given every record of the span log in log order it keeps what a
 * store keeps: the last one of each id, where one marked late never replaces one that is
 * not, and one that was withdrawn is gone.
 */
public final class SpanDump {
    private final Map<SpanRef, Entry> lines = new TreeMap<>();

    private record Entry(String line, boolean late) {}

    public void add(Span span) {
        if (span.getWithdrawn()) {
            lines.remove(SpanRef.of(span.getSpanId()));
            return;
        }
        lines.merge(
                SpanRef.of(span.getSpanId()),
                new Entry(SpanJson.text(span), span.getLate()),
                (old, next) -> next.late() && !old.late() ? old : next);
    }

    /** Everything the store holds as of its last refresh. */
    public static SpanDump of(SpanStore store) {
        SpanDump dump = new SpanDump();
        store.forEach(dump::add);
        return dump;
    }

    public Stream<String> lines() {
        return lines.values().stream().map(Entry::line);
    }

    public int size() {
        return lines.size();
    }

    /** All lines, each ended by a line feed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        lines().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
