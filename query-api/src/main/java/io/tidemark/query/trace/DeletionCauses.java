package io.tidemark.query.trace;

import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.trace.Explanation.Cause;
import io.tidemark.query.trace.Explanation.Why;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.OwnerLink;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Why an object went, from the request that removed it back to whoever began it:
 *
 * <pre>
 *   Pod web-5d-x ◄─ garbage collector
 *        because ReplicaSet web-5d was deleted ◄─ garbage collector
 *             because Deployment web was deleted ◄─ alice
 * </pre>
 *
 * A link is told only where the log proves it: the one who deleted is the controller whose job that is, and the deletion
 * that it followed had been asked for before. Deletions by other controllers (a ReplicaSet scaled down) end the chain.
 */
final class DeletionCauses {
    private static final int LONGEST = 10;
    private static final int INCARNATIONS_MAX = 100;
    private static final String GARBAGE_COLLECTOR = "generic-garbage-collector";
    private static final String NAMESPACE_CONTROLLER = "namespace-controller";

    private final SpanStore store;

    DeletionCauses(SpanStore store) {
        this.store = store;
    }

    /** The chain, the object's own deletion first; empty when the log shows none. */
    List<Cause> of(Span object) {
        List<Cause> chain = new ArrayList<>();
        Set<SpanRef> seen = new HashSet<>();
        Optional<Cause> next = own(object).or(() -> definition(object));
        while (next.isPresent()
                && chain.size() < LONGEST
                && seen.add(id(next.get().object()))) {
            chain.add(next.get());
            next = because(next.get());
        }
        return chain;
    }

    private Optional<Cause> own(Span object) {
        return deletion(object).map(request -> new Cause(Why.REQUESTED, object, request));
    }

    private Optional<Span> deletion(Span object) {
        if (!(object.getDetail() instanceof ObjectDetail life)) {
            return Optional.empty();
        }
        return Stream.of(
                        Optional.ofNullable(life.getDeletionRequestedBySpanId()),
                        Optional.ofNullable(life.getDeletedBySpanId()))
                .flatMap(Optional::stream)
                .flatMap(id -> store.span(SpanRef.of(id)).stream())
                .findFirst();
    }

    private Optional<Cause> because(Cause cause) {
        if (by(GARBAGE_COLLECTOR, cause.request())) {
            return owner(cause);
        }
        return by(NAMESPACE_CONTROLLER, cause.request()) ? namespace(cause) : Optional.empty();
    }

    /** Of the owners whose deletion had been asked for by then, the one that was last: until then one was still there. */
    private Optional<Cause> owner(Cause cause) {
        if (!(cause.object().getDetail() instanceof ObjectDetail life)) {
            return Optional.empty();
        }
        Set<SpanRef> owners = new HashSet<>();
        for (OwnerLink link : life.getOwners()) {
            boolean held = link.getUntilMicros() == null
                    || link.getUntilMicros().isAfter(cause.request().getStartMicros());
            if (held) {
                owners.add(SpanRef.of(link.getSpanId()));
            }
        }
        return earlier(cause, store.spans(owners).stream(), Why.OWNER_DELETED);
    }

    private Optional<Cause> namespace(Cause cause) {
        ObjectName name = new ObjectName(
                cause.object().getObject().getCluster(),
                "",
                "namespaces",
                "",
                cause.object().getObject().getNamespace());
        return earlier(cause, incarnations(name), Why.NAMESPACE_DELETED);
    }

    /** For custom resources that nobody deleted: their definition went while they were there. */
    private Optional<Cause> definition(Span object) {
        if (object.getObject().getGroup().isEmpty() || object.getEndMicros() != null) {
            return Optional.empty();
        }
        ObjectName name = new ObjectName(
                object.getObject().getCluster(),
                "apiextensions.k8s.io",
                "customresourcedefinitions",
                "",
                object.getObject().getResource() + "." + object.getObject().getGroup());
        return incarnations(name)
                .flatMap(definition -> deletion(definition).stream()
                        .map(request -> new Cause(Why.DEFINITION_DELETED, definition, request)))
                .filter(cause -> !cause.request().getStartMicros().isBefore(object.getStartMicros()))
                .min(BY_REQUEST);
    }

    private Optional<Cause> earlier(Cause cause, Stream<Span> objects, Why why) {
        return objects.flatMap(object -> deletion(object).stream().map(request -> new Cause(why, object, request)))
                .filter(found -> !found.request()
                        .getStartMicros()
                        .isAfter(cause.request().getStartMicros()))
                .max(BY_REQUEST);
    }

    private static final Comparator<Cause> BY_REQUEST = Comparator.comparing(
                    (Cause cause) -> cause.request().getStartMicros())
            .thenComparing(cause -> id(cause.object()));

    private Stream<Span> incarnations(ObjectName name) {
        SpanFilter filter = name.incarnations().and(SpanField.KIND, SpanKind.OBJECT.name());
        return store.search(filter, PageRequest.newest(INCARNATIONS_MAX)).items().stream();
    }

    /** A controller under its own account, or under the one of all controllers together. */
    private static boolean by(String controller, Span request) {
        String user;
        String agent;
        switch (request.getDetail()) {
            case RequestDetail detail -> {
                user = detail.getUser();
                agent = detail.getUserAgent();
            }
            case ItemDetail item -> {
                user = item.getUser();
                agent = item.getUserAgent();
            }
            default -> {
                return false;
            }
        }
        boolean own = user.equals("system:serviceaccount:kube-system:" + controller);
        return own || user.equals("system:kube-controller-manager") && agent.endsWith(controller);
    }

    private static SpanRef id(Span span) {
        return SpanRef.of(span.getSpanId());
    }
}
