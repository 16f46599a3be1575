package io.tidemark.query.trace;

import io.tidemark.query.span.SpanRef;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays out a trace. The tree begins at the topmost owner, goes down one line of owners to the object asked for, and
 * from there to everything it owns; further owners hang under what they own. Each object appears once.
 */
final class TraceLayout {
    private static final Comparator<TraceNode> BY_TIME = Comparator.comparing(TraceNode::start)
            .thenComparing(node -> SpanRef.of(node.span().getSpanId()));
    private static final Comparator<Span> SPANS_BY_TIME =
            Comparator.comparing(Span::getStartMicros).thenComparing(span -> SpanRef.of(span.getSpanId()));

    private final TraceMaterial material;
    private final View view;
    private final Set<SpanRef> placed = new HashSet<>();

    private TraceLayout(TraceMaterial material, View view) {
        this.material = material;
        this.view = view;
    }

    static TraceNode of(TraceMaterial material, View view) {
        TraceLayout layout = new TraceLayout(material, view);
        TraceNode tree = layout.line();
        return switch (view) {
            case TREE, GROUPED, TRACING -> tree;
            case TIMELINE -> layout.flat(tree);
        };
    }

    /** The focus with all it owns, wrapped into its first owner, that one into its first owner, and so on. */
    private TraceNode line() {
        List<Span> line = new ArrayList<>(List.of(material.focus()));
        placed.add(id(material.focus()));
        for (List<Span> up = ownersOf(line.getLast()); !up.isEmpty(); up = ownersOf(line.getLast())) {
            if (!placed.add(id(up.getFirst()))) {
                break;
            }
            line.add(up.getFirst());
        }
        TraceNode below = null;
        for (Span object : line) {
            List<TraceNode> children = new ArrayList<>();
            if (below == null) {
                children.addAll(ownedBy(object));
            } else {
                children.add(below);
            }
            for (Span further : ownersOf(object)) {
                if (placed.add(id(further))) {
                    children.add(row(further, Relation.OWNER, List.of()));
                }
            }
            below = row(object, below == null ? Relation.SELF : Relation.OWNER, children);
        }
        if (below == null) {
            throw new IllegalStateException("a line of owners without the object itself");
        }
        return below;
    }

    private List<TraceNode> ownedBy(Span owner) {
        List<TraceNode> nodes = new ArrayList<>();
        for (Span object : material.owned().getOrDefault(id(owner), List.of())) {
            if (placed.add(id(object))) {
                nodes.add(row(object, Relation.OWNED, ownedBy(object)));
            }
        }
        return nodes;
    }

    private List<Span> ownersOf(Span object) {
        return material.owners().getOrDefault(id(object), List.of());
    }

    private TraceNode row(Span object, Relation relation, List<TraceNode> related) {
        List<Span> logs = new ArrayList<>();
        List<Span> rows = new ArrayList<>();
        for (Span span : material.spans().getOrDefault(id(object), List.of())) {
            boolean part = span.getKind() == SpanKind.PHASE || span.getKind() == SpanKind.ADMISSION;
            boolean isLog = switch (view) {
                case TREE, TIMELINE -> false;
                case GROUPED -> span.getKind() == SpanKind.EVENT;
                case TRACING -> !part;
            };
            if (isLog) {
                logs.add(span);
            } else if (view != View.TRACING) {
                rows.add(span);
            }
        }
        logs.sort(SPANS_BY_TIME);
        List<TraceNode> children = new ArrayList<>(related);
        children.addAll(withParts(rows));
        children.sort(BY_TIME);
        return enclosing(object, relation, logs, children);
    }

    /** Phases and admission steps under their request; those whose request is not here stand for themselves. */
    private static List<TraceNode> withParts(List<Span> spans) {
        Set<SpanRef> present = new HashSet<>();
        spans.forEach(span -> present.add(id(span)));
        Map<SpanRef, List<TraceNode>> parts = new HashMap<>();
        List<Span> tops = new ArrayList<>();
        for (Span span : spans) {
            boolean part = span.getKind() == SpanKind.PHASE || span.getKind() == SpanKind.ADMISSION;
            if (part && span.getParentSpanId() != null && present.contains(SpanRef.of(span.getParentSpanId()))) {
                parts.computeIfAbsent(SpanRef.of(span.getParentSpanId()), key -> new ArrayList<>())
                        .add(leaf(span, List.of()));
            } else {
                tops.add(span);
            }
        }
        return tops.stream()
                .map(span -> {
                    List<TraceNode> under = parts.getOrDefault(id(span), List.of());
                    return leaf(span, under.stream().sorted(BY_TIME).toList());
                })
                .toList();
    }

    private static TraceNode leaf(Span span, List<TraceNode> parts) {
        Relation relation = switch (span.getKind()) {
            case REQUEST -> Relation.REQUEST;
            case PHASE -> Relation.PHASE;
            case ADMISSION -> Relation.ADMISSION;
            case ITEM -> Relation.ITEM;
            case EVENT -> Relation.EVENT;
            case OBJECT -> throw new IllegalStateException("an object span among the spans of an object");
        };
        return new TraceNode(span, relation, span.getStartMicros(), span.getEndMicros(), List.of(), parts);
    }

    /** The object's own life, widened to enclose every row under it and every log on it. */
    private static TraceNode enclosing(Span object, Relation relation, List<Span> logs, List<TraceNode> children) {
        Instant start = object.getStartMicros();
        Instant end = object.getEndMicros();
        for (Span log : logs) {
            start = earlier(start, log.getStartMicros());
            end = later(end, log.getEndMicros());
        }
        for (TraceNode child : children) {
            start = earlier(start, child.start());
            end = later(end, child.end());
        }
        return new TraceNode(object, relation, start, end, logs, children);
    }

    private TraceNode flat(TraceNode tree) {
        List<TraceNode> rows = new ArrayList<>();
        collect(tree, rows);
        rows.sort(BY_TIME);
        return enclosing(material.focus(), Relation.SELF, List.of(), rows);
    }

    private static void collect(TraceNode node, List<TraceNode> rows) {
        if (node.span().getKind() != SpanKind.OBJECT) {
            rows.add(node);
            return;
        }
        if (node.relation() != Relation.SELF) {
            rows.add(new TraceNode(node.span(), node.relation(), node.start(), node.end(), List.of(), List.of()));
        }
        node.children().forEach(child -> collect(child, rows));
    }

    private static SpanRef id(Span span) {
        return SpanRef.of(span.getSpanId());
    }

    private static Instant earlier(Instant a, Instant b) {
        return b.isBefore(a) ? b : a;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null || b == null ? null : b.isAfter(a) ? b : a;
    }
}
