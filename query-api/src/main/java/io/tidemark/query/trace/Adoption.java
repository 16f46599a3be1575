package io.tidemark.query.trace;

import io.tidemark.query.span.Condition;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.TimeRange;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Spans that name an object without its uid, given to the incarnation that lived when they happened: Kubernetes Events
 * whose reporter put something else in the place of the uid (kubelets use the node's name), and requests on the name of
 * the object asked for of which the audit log does not tell whom they met.
 */
final class Adoption {
    /** Most spans considered; a name without uid that gathers more is not one object's story. */
    private static final int CANDIDATES_MAX = 10_000;

    /** Creation times in whole seconds, and reports about an object just gone. */
    private static final long BEFORE_MICROS = 1_000_000;

    private static final long AFTER_MICROS = 30_000_000;

    private final SpanStore store;
    private final TraceQuestion question;
    private final List<Span> namesakes;
    private final Collection<Span> objects;

    Adoption(SpanStore store, TraceQuestion question, List<Span> namesakes, Collection<Span> objects) {
        this.store = store;
        this.question = question;
        this.namesakes = namesakes;
        this.objects = objects;
    }

    /** A span and the object that it is shown under. */
    record Adopted(Span span, SpanRef object) {}

    List<Adopted> find() {
        List<Adopted> adopted = new ArrayList<>(events());
        Set<SpanRef> given = new HashSet<>();
        adopted.forEach(each -> given.add(SpanRef.of(each.span().getSpanId())));
        requests().stream()
                .filter(each -> given.add(SpanRef.of(each.span().getSpanId())))
                .forEach(adopted::add);
        return adopted;
    }

    private List<Adopted> events() {
        Map<String, List<Span>> bySubject = new HashMap<>();
        for (Span object : objects) {
            if (!object.getObject().getKind().isEmpty()) {
                bySubject
                        .computeIfAbsent(SpanField.subject(object.getObject()), key -> new ArrayList<>())
                        .add(object);
            }
        }
        if (bySubject.isEmpty()) {
            return List.of();
        }
        List<Span> candidates = candidates(new Condition.AnyOf(SpanField.SUBJECT, bySubject.keySet()));
        Set<SpanRef> strangers = withoutKnownUid(candidates);
        List<Adopted> adopted = new ArrayList<>();
        for (Span event : candidates) {
            if (strangers.contains(SpanRef.of(event.getObjectSpanId()))) {
                give(event, bySubject.getOrDefault(SpanField.subject(event.getObject()), List.of()), adopted);
            }
        }
        return adopted;
    }

    private List<Adopted> requests() {
        Set<String> nameless = namesakes.stream()
                .filter(span -> span.getObject().getUid().isEmpty())
                .map(span -> SpanRef.of(span.getSpanId()))
                .filter(id -> objects.stream()
                        .noneMatch(object -> SpanRef.of(object.getSpanId()).equals(id)))
                .map(SpanRef::toString)
                .collect(Collectors.toSet());
        if (nameless.isEmpty()) {
            return List.of();
        }
        List<Span> heirs = objects.stream().filter(this::isNamesake).toList();
        List<Adopted> adopted = new ArrayList<>();
        for (Span request : candidates(new Condition.AnyOf(SpanField.OBJECT, nameless))) {
            give(request, heirs, adopted);
        }
        return adopted;
    }

    private boolean isNamesake(Span object) {
        return namesakes.stream().anyMatch(span -> span.getSpanId().equals(object.getSpanId()));
    }

    private List<Span> candidates(Condition who) {
        return store.search(Traces.happenings(who, question), PageRequest.newest(CANDIDATES_MAX))
                .items();
    }

    /** Of these Events' objects, those that are no object of which anything else is known. */
    private Set<SpanRef> withoutKnownUid(List<Span> events) {
        Set<SpanRef> ids = new HashSet<>();
        events.forEach(event -> ids.add(SpanRef.of(event.getObjectSpanId())));
        for (Span known : store.spans(ids)) {
            if (known.getKind() == SpanKind.OBJECT
                    && !known.getObject().getResource().isEmpty()) {
                ids.remove(SpanRef.of(known.getSpanId()));
            }
        }
        return ids;
    }

    private static void give(Span span, List<Span> heirs, List<Adopted> adopted) {
        long at = Micros.of(span.getStartMicros());
        for (Span heir : heirs) {
            long end = Micros.endOf(heir.getEndMicros());
            boolean lived = at >= Micros.of(heir.getStartMicros()) - BEFORE_MICROS
                    && (end == TimeRange.FOREVER || at <= end + AFTER_MICROS);
            if (lived) {
                adopted.add(new Adopted(span, SpanRef.of(heir.getSpanId())));
                return;
            }
        }
    }
}
