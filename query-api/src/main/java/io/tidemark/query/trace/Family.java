package io.tidemark.query.trace;

import io.tidemark.query.span.Micros;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.TimeRange;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The objects around one object: owners above and owned objects below, level by level. Links are followed by the
 * owner's uid (its object span's id is made of it), so an owner created again under the same name is not taken for the
 * old one.
 */
final class Family {
    private final SpanStore store;
    private final TraceQuestion question;
    private final int objectsMax;
    private final Map<SpanRef, Span> members = new LinkedHashMap<>();
    private final Map<SpanRef, List<Span>> owners = new HashMap<>();
    private final Map<SpanRef, List<Span>> owned = new HashMap<>();
    private long omitted;

    private Family(SpanStore store, TraceQuestion question, int objectsMax) {
        this.store = store;
        this.question = question;
        this.objectsMax = objectsMax;
    }

    static Family around(Span focus, SpanStore store, TraceQuestion question, int objectsMax) {
        Family family = new Family(store, question, objectsMax);
        family.members.put(id(focus), focus);
        List<Span> level = List.of(focus);
        for (int i = 0; i < question.depth() && !level.isEmpty(); i++) {
            level = family.above(level);
        }
        level = List.of(focus);
        for (int i = 0; i < question.depth() && !level.isEmpty(); i++) {
            level = family.below(level);
        }
        return family;
    }

    /** Every object found, the focus first. */
    Map<SpanRef, Span> members() {
        return members;
    }

    Map<SpanRef, List<Span>> owners() {
        return owners;
    }

    Map<SpanRef, List<Span>> owned() {
        return owned;
    }

    /** How many related objects the limit left out. */
    long omitted() {
        return omitted;
    }

    private List<Span> above(List<Span> level) {
        Set<SpanRef> asked = new HashSet<>();
        level.forEach(object -> links(object).forEach(link -> asked.add(SpanRef.of(link.getSpanId()))));
        Map<SpanRef, Span> found =
                store.spans(asked).stream().collect(Collectors.toMap(Family::id, span -> span, (a, b) -> a));
        List<Span> next = new ArrayList<>();
        for (Span object : level) {
            List<OwnerLink> links = new ArrayList<>(links(object));
            links.sort(Comparator.comparing(link -> !link.getController()));
            for (OwnerLink link : links) {
                Span owner = found.get(SpanRef.of(link.getSpanId()));
                if (owner != null && admit(owner, next)) {
                    owners.computeIfAbsent(id(object), key -> new ArrayList<>()).add(owner);
                }
            }
        }
        return next;
    }

    private List<Span> below(List<Span> level) {
        Map<SpanRef, Span> parents = level.stream().collect(Collectors.toMap(Family::id, span -> span, (a, b) -> a));
        SpanFilter filter = SpanFilter.ALL
                .and(SpanField.KIND, SpanKind.OBJECT.name())
                .and(
                        SpanField.OWNER,
                        parents.keySet().stream().map(SpanRef::toString).collect(Collectors.toSet()))
                .during(question.range());
        // one more than there is room for, and room for those that are members already
        Page<Span> children = store.search(filter, PageRequest.oldest(objectsMax + members.size()));
        omitted += children.total() - children.items().size();
        List<Span> next = new ArrayList<>();
        for (Span child : children.items()) {
            for (OwnerLink link : links(child)) {
                Span parent = parents.get(SpanRef.of(link.getSpanId()));
                if (parent != null && admit(child, next)) {
                    owned.computeIfAbsent(id(parent), key -> new ArrayList<>()).add(child);
                }
            }
        }
        return next;
    }

    /** Whether the object may be shown; new ones are added to the next level as well. */
    private boolean admit(Span object, List<Span> next) {
        if (members.containsKey(id(object))) {
            return true;
        }
        if (members.size() >= objectsMax) {
            omitted++;
            return false;
        }
        members.put(id(object), object);
        next.add(object);
        return true;
    }

    /** Links that held at some time of the range. */
    private List<OwnerLink> links(Span object) {
        TimeRange range = question.range();
        return object.getDetail() instanceof ObjectDetail life
                ? life.getOwners().stream()
                        .filter(link ->
                                range.overlaps(Micros.of(link.getSinceMicros()), Micros.endOf(link.getUntilMicros())))
                        .toList()
                : List.of();
    }

    private static SpanRef id(Span span) {
        return SpanRef.of(span.getSpanId());
    }
}
