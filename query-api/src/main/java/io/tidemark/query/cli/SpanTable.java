package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.query.cli.Table.Cell;
import io.tidemark.query.cli.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Spans as rows: one after the other, each with its object, or as a tree. */
final class SpanTable {
    private static final List<Column> FLAT = List.of(
            Column.of("TIME (UTC)", 23),
            Column.wide("CLUSTER", 12),
            Column.wide("NAMESPACE", 12),
            Column.of("OBJECT", 40),
            Column.of("WHAT", 16),
            Column.of("ACTOR", 30),
            Column.of("CODE", 4),
            Column.of("EFFECT", 16),
            Column.wide("TOOK", 10),
            Column.wide("USER AGENT", 30),
            Column.wide("SOURCE", 15),
            Column.wide("AUDIT ID", 36),
            Column.of("DETAIL", 0));

    private static final List<Column> TREE = List.of(
            Column.of("TIME (UTC)", 23),
            Column.of("WHAT", 40),
            Column.of("ACTOR", 30),
            Column.of("CODE", 4),
            Column.of("EFFECT", 16),
            Column.wide("TOOK", 10),
            Column.wide("USER AGENT", 30),
            Column.wide("SOURCE", 15),
            Column.wide("AUDIT ID", 36),
            Column.of("DETAIL", 0));

    private final boolean whole;

    /** @param whole with every changed field and every phase of a request */
    SpanTable(boolean whole) {
        this.whole = whole;
    }

    Table flat(Iterable<JsonNode> spans) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode span : spans) {
            JsonNode object = span.path("object");
            List<Cell> row = new ArrayList<>();
            row.add(Cell.of(SpanWords.time(span.path("start")), Tone.FAINT));
            row.add(Cell.of(object.path("cluster").asText()));
            row.add(Cell.of(object.path("namespace").asText()));
            row.add(Cell.of(ObjectNames.of(object)));
            row.add(Cell.of(span.path("kind").asText().equals("OBJECT") ? "life" : SpanWords.what(span)));
            facts(row, span);
            rows.add(row);
        }
        return new Table(FLAT, rows);
    }

    /** The tree of a trace, its topmost row first. */
    Table tree(JsonNode root) {
        List<List<Cell>> rows = new ArrayList<>();
        branch(root, "", "", rows);
        return new Table(TREE, rows);
    }

    private void branch(JsonNode node, String first, String rest, List<List<Cell>> rows) {
        JsonNode span = node.path("span");
        List<Cell> row = new ArrayList<>();
        row.add(Cell.of(SpanWords.time(span.path("start")), Tone.FAINT));
        boolean object = span.path("kind").asText().equals("OBJECT");
        String mark = node.path("relation").asText().equals("self") ? " <--" : "";
        row.add(Cell.of(first + SpanWords.what(span) + mark, object ? Tone.STRONG : Tone.PLAIN));
        facts(row, span);
        rows.add(row);
        List<Below> below = below(node);
        for (int i = 0; i < below.size(); i++) {
            boolean last = i == below.size() - 1;
            branch(below.get(i).node(), rest + (last ? "└ " : "├ "), rest + (last ? "  " : "│ "), rows);
        }
    }

    /** A row under another one: a child, or a log that is shown like one. */
    private record Below(String start, JsonNode node) {}

    private List<Below> below(JsonNode node) {
        List<Below> below = new ArrayList<>();
        for (JsonNode child : node.path("children")) {
            String relation = child.path("relation").asText();
            if (whole || !relation.equals("phase") && !relation.equals("admission")) {
                below.add(new Below(child.at("/span/start").asText(), child));
            }
        }
        for (JsonNode log : node.path("logs")) {
            JsonNode row = JsonNodeFactory.instance.objectNode().set("span", log);
            below.add(new Below(log.path("start").asText(), row));
        }
        below.sort(Comparator.comparing(Below::start));
        return below;
    }

    private void facts(List<Cell> row, JsonNode span) {
        Tone tone = SpanWords.tone(span);
        row.add(Cell.of(SpanWords.actor(span)));
        row.add(Cell.of(SpanWords.code(span), tone == Tone.BAD ? tone : Tone.PLAIN));
        row.add(Cell.of(SpanWords.effect(span), tone));
        boolean timed = span.has("request") && span.has("durationMicros");
        row.add(Cell.of(timed ? SpanWords.millis(span.path("durationMicros").asLong()) : ""));
        row.add(Cell.of(span.at("/request/userAgent").asText()));
        row.add(Cell.of(span.at("/request/sourceIps/0").asText()));
        row.add(Cell.of(auditId(span)));
        row.add(Cell.of(SpanWords.detail(span, whole)));
    }

    private static String auditId(JsonNode span) {
        for (String kind : List.of("request", "item", "event")) {
            if (span.path(kind).has("auditId")) {
                return span.path(kind).path("auditId").asText();
            }
        }
        return "";
    }
}
