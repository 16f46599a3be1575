package io.tidemark.audit.correlate;

import io.tidemark.audit.correlate.Timeline.Moment;
import io.tidemark.audit.fact.Instants;
import io.tidemark.audit.fact.SpanIds;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.schema.correlate.OwnerRef;
import io.tidemark.schema.correlate.OwnerRun;
import io.tidemark.topic.Serdes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The span of an object's life, and whether it must be sent again. */
final class ObjectSpans {
    private final Timeline timeline;

    ObjectSpans(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Spans of all lives that changed since they were last sent. */
    List<Span> changed(ObjectIdentity identity, Instant acceptedAt) {
        List<Span> spans = new ArrayList<>();
        List<Life> lives = new ArrayList<>(timeline.lives.values());
        lives.sort(Comparator.comparing(Life::uid));
        for (Life life : lives) {
            refresh(life, identity, acceptedAt).ifPresent(spans::add);
        }
        return spans;
    }

    private Optional<Span> refresh(Life life, ObjectIdentity identity, Instant acceptedAt) {
        boolean real = !life.uid().isEmpty() || life.settled() || hasNameOnlyFacts();
        if (!real && life.emitted() == 0) {
            return Optional.empty();
        }
        LifeView view = LifeView.of(timeline, life, !real);
        if (view.equals(life.shown())) {
            return Optional.empty();
        }
        life.shown(view);
        // a life that was read from the state shows nothing yet; the time of acceptance is no change of the object
        Span span = span(life, identity, Instant.EPOCH, !real);
        long hash = SpanIds.content(Serdes.AUDIT_SPAN.encode(span));
        if (hash == life.emitted()) {
            return Optional.empty();
        }
        life.emitted(real ? hash : 0);
        span.put(DraftFields.ACCEPTED, acceptedAt);
        return Optional.of(span);
    }

    private boolean hasNameOnlyFacts() {
        return timeline.entries.stream().anyMatch(entry -> timeline.uidOf(entry).isEmpty());
    }

    private Span span(Life life, ObjectIdentity name, Instant acceptedAt, boolean withdrawn) {
        ObjectIdentity identity = new ObjectIdentity(
                name.getCluster(),
                name.getGroup(),
                life.apiVersion(),
                name.getResource(),
                life.kind(),
                name.getNamespace(),
                name.getName(),
                life.uid());
        long id = SpanIds.object(name, life.uid());
        long start = timeline.startOf(life);
        return new Span(
                new SpanId(SpanIds.bytes(id)),
                null,
                new TraceId(SpanIds.trace(id, start)),
                SpanKind.OBJECT,
                new SpanId(SpanIds.bytes(id)),
                identity,
                Instants.of(start),
                timeline.deletedOf(life)
                        .map(moment -> Instants.of(moment.micros()))
                        .orElse(null),
                detail(life, name),
                acceptedAt,
                false,
                withdrawn);
    }

    private ObjectDetail detail(Life life, ObjectIdentity name) {
        Optional<Moment> created = timeline.createdOf(life);
        long createdMicros = created.map(Moment::micros).orElse(life.creationMicros());
        return new ObjectDetail(
                createdMicros == 0 ? null : Instants.of(createdMicros),
                id(created),
                id(timeline.deletionAskedOf(life)),
                id(timeline.deletedOf(life)),
                owners(life, name.getCluster()),
                new TreeMap<>(life.labels()),
                timeline.previousOf(life)
                        .map(previous -> new SpanId(SpanIds.bytes(SpanIds.object(name, previous.uid()))))
                        .orElse(null));
    }

    private static @Nullable SpanId id(Optional<Moment> moment) {
        return moment.map(found -> new SpanId(SpanIds.bytes(found.spanId()))).orElse(null);
    }

    /** One link per owner and unbroken stretch of versions that show it. */
    private static List<OwnerLink> owners(Life life, String cluster) {
        List<OwnerLink> links = new ArrayList<>();
        List<OwnerRun> runs = life.ownerRuns();
        for (int i = 0; i < runs.size(); i++) {
            for (OwnerRef owner : runs.get(i).getOwners()) {
                if (i == 0 || !runs.get(i - 1).getOwners().contains(owner)) {
                    links.add(link(owner, cluster, runs.get(i).getFirstMicros(), endOf(owner, runs, i)));
                }
            }
        }
        return links;
    }

    private static @Nullable Instant endOf(OwnerRef owner, List<OwnerRun> runs, int from) {
        for (int i = from + 1; i < runs.size(); i++) {
            if (!runs.get(i).getOwners().contains(owner)) {
                return Instants.of(runs.get(i).getFirstMicros());
            }
        }
        return null;
    }

    private static OwnerLink link(OwnerRef owner, String cluster, long sinceMicros, @Nullable Instant until) {
        return new OwnerLink(
                new SpanId(SpanIds.bytes(SpanIds.object(cluster, owner.getUid()))),
                owner.getApiVersion(),
                owner.getKind(),
                owner.getName(),
                owner.getUid(),
                owner.getController(),
                Instants.of(sinceMicros),
                until);
    }
}
