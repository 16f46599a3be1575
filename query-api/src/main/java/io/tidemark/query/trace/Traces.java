package io.tidemark.query.trace;

import io.tidemark.query.span.Condition;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers questions about one object from a span store. */
public final class Traces {
    private static final int INCARNATIONS_MAX = 1_000;
    private static final Set<String> HAPPENINGS = Set.of(
            SpanKind.REQUEST.name(),
            SpanKind.PHASE.name(),
            SpanKind.ADMISSION.name(),
            SpanKind.ITEM.name(),
            SpanKind.EVENT.name());
    private static final Set<String> TOOK_EFFECT = Set.of(
            Effect.CREATED.name(),
            Effect.UPDATED.name(),
            Effect.DELETION_STARTED.name(),
            Effect.DELETED.name(),
            Effect.COLLECTION_DELETED.name(),
            Effect.ACCEPTED.name());

    private final SpanStore store;
    private final TraceLimits limits;

    public Traces(SpanStore store, TraceLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /** The trace; empty when no object of that name (and uid) is known. */
    public Optional<Trace> trace(TraceQuestion question) {
        List<Span> all = incarnations(question.name());
        return focus(all, question).map(focus -> trace(focus, all, question));
    }

    /** The incarnation that a question is about. */
    public Optional<Span> object(TraceQuestion question) {
        return focus(incarnations(question.name()), question);
    }

    /** Requests that changed the object, and its part in collection deletions, oldest first. */
    public Page<Span> history(Span object, TraceQuestion question, PageRequest page) {
        return store.search(
                SpanFilter.ALL
                        .and(SpanField.OBJECT, SpanRef.of(object.getSpanId()).toString())
                        .and(SpanField.KIND, Set.of(SpanKind.REQUEST.name(), SpanKind.ITEM.name()))
                        .and(SpanField.EFFECT, TOOK_EFFECT)
                        .during(question.range()),
                page);
    }

    private Trace trace(Span focus, List<Span> all, TraceQuestion question) {
        Family family = Family.around(focus, store, question, limits.objectsMax());
        Map<SpanRef, List<Span>> spans = new HashMap<>();
        SpanRef id = SpanRef.of(focus.getSpanId());
        long omitted = collect(Set.of(id), question, limits.spansMax(), spans);
        Set<SpanRef> others = new HashSet<>(family.members().keySet());
        others.remove(id);
        omitted += collect(others, question, room(spans), spans);
        omitted += adopt(new Adoption(store, question, all, family.members().values()), room(spans), spans);
        TraceNode root =
                TraceLayout.of(new TraceMaterial(focus, family.owners(), family.owned(), spans), question.view());
        int objects = family.members().size();
        int count = spans.values().stream().mapToInt(List::size).sum();
        return new Trace(
                focus,
                known(all),
                root,
                count + objects,
                objects,
                omitted,
                family.omitted(),
                explanation(focus, question, spans));
    }

    private Explanation explanation(Span focus, TraceQuestion question, Map<SpanRef, List<Span>> spans) {
        Page<Span> mentions = new Mentions(store).of(focus, question);
        return new Explanation(
                new DeletionCauses(store).of(focus),
                restorations(focus),
                RetryChains.among(spans.values()),
                mentions.items(),
                mentions.total() - mentions.items().size());
    }

    /** Changes of the object that brought an earlier state back, oldest first. */
    public List<Explanation.Restoration> restorations(Span object) {
        return new Restorations(store).of(object);
    }

    /** Adds the newest spans of these objects; returns how many more there are. */
    private long collect(Set<SpanRef> objects, TraceQuestion question, int room, Map<SpanRef, List<Span>> into) {
        if (objects.isEmpty()) {
            return 0;
        }
        SpanFilter filter = SpanFilter.ALL
                .and(SpanField.OBJECT, objects.stream().map(SpanRef::toString).collect(Collectors.toSet()))
                .and(SpanField.KIND, HAPPENINGS)
                .during(question.range());
        if (room == 0) {
            return store.count(filter);
        }
        Page<Span> page = store.search(filter, PageRequest.newest(room));
        for (Span span : page.items()) {
            into.computeIfAbsent(SpanRef.of(span.getObjectSpanId()), key -> new ArrayList<>())
                    .add(span);
        }
        return page.next().isEmpty() ? 0 : store.count(filter) - page.items().size();
    }

    private static long adopt(Adoption adoption, int room, Map<SpanRef, List<Span>> into) {
        int left = room;
        long omitted = 0;
        for (Adoption.Adopted adopted : adoption.find()) {
            if (left > 0) {
                left--;
                into.computeIfAbsent(adopted.object(), key -> new ArrayList<>()).add(adopted.span());
            } else {
                omitted++;
            }
        }
        return omitted;
    }

    private int room(Map<SpanRef, List<Span>> spans) {
        return Math.max(
                0,
                limits.spansMax() - spans.values().stream().mapToInt(List::size).sum());
    }

    private List<Span> incarnations(ObjectName name) {
        return store.search(name.incarnations(), PageRequest.oldest(INCARNATIONS_MAX))
                .items();
    }

    private static Optional<Span> focus(List<Span> all, TraceQuestion question) {
        if (!question.uid().isEmpty()) {
            return all.stream()
                    .filter(span -> span.getObject().getUid().equals(question.uid()))
                    .findFirst();
        }
        List<Span> known = known(all);
        return known.reversed().stream()
                .filter(span ->
                        question.range().overlaps(Micros.of(span.getStartMicros()), Micros.endOf(span.getEndMicros())))
                .findFirst()
                .or(() -> known.isEmpty() ? Optional.empty() : Optional.of(known.getLast()));
    }

    /** Incarnations with a uid; the one without stands for what was asked of the name only, unless it is all there is. */
    private static List<Span> known(Collection<Span> all) {
        List<Span> withUid = all.stream()
                .filter(span -> !span.getObject().getUid().isEmpty())
                .toList();
        return withUid.isEmpty() ? List.copyOf(all) : withUid;
    }

    /** A condition on time that keeps a filter as it is when the range is everything. */
    static SpanFilter happenings(Condition who, TraceQuestion question) {
        return SpanFilter.ALL.and(who).and(SpanField.KIND, HAPPENINGS).during(question.range());
    }
}
