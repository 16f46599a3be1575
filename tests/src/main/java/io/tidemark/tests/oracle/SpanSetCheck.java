package io.tidemark.tests.oracle;

import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.tests.oracle.ExpectedSpans.Item;
import io.tidemark.tests.oracle.ExpectedSpans.Link;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import io.tidemark.tests.oracle.ExpectedSpans.Occurrence;
import io.tidemark.tests.oracle.ExpectedSpans.Request;
import io.tidemark.tests.oracle.ExpectedSpans.RequestKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares a span set with what the oracle expects. Every difference is one line that names the request or object. */
public final class SpanSetCheck {
    private final ExpectedSpans expected;
    private final Map<SpanId, Span> spans = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    private SpanSetCheck(ExpectedSpans expected, Collection<Span> spans) {
        this.expected = expected;
        latest(spans).forEach(span -> this.spans.put(span.getSpanId(), span));
    }

    /** All differences, empty when the span set is as expected. Several versions of a span count as the last one. */
    public static List<String> differences(ExpectedSpans expected, Collection<Span> spans) {
        SpanSetCheck check = new SpanSetCheck(expected, spans);
        check.requests();
        check.counts();
        check.items();
        check.links();
        check.occurrences();
        check.differences.addAll(SpanTreeCheck.differences(expected, check.spans));
        return check.differences;
    }

    /** What a store holds after all upserts, in the order of the first sighting. */
    public static Collection<Span> latest(Collection<Span> upserts) {
        Map<SpanId, Span> kept = new LinkedHashMap<>();
        for (Span span : upserts) {
            Span before = kept.get(span.getSpanId());
            if (span.getWithdrawn()) {
                kept.remove(span.getSpanId());
            } else if (before == null || !span.getLate() || before.getLate()) {
                kept.put(span.getSpanId(), span);
            }
        }
        return kept.values();
    }

    private void requests() {
        Map<RequestKey, Span> actual = new HashMap<>();
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof RequestDetail detail) {
                RequestKey key = new RequestKey(
                        detail.getAuditId(), micros(span.getStartMicros()), detail.getVerb(), detail.getRequestUri());
                if (actual.put(key, span) != null) {
                    differ(key, "has more than one span");
                }
            }
        }
        for (Request request : expected.requests()) {
            Span span = actual.remove(request.key());
            if (span == null) {
                differ(request.key(), "is missing: expected " + request.effect() + " of " + request.object());
            } else {
                request(request, span, (RequestDetail) span.getDetail());
            }
        }
        actual.forEach((key, span) -> differ(key, "is extra: a span on " + name(span.getObject())));
    }

    private void request(Request request, Span span, RequestDetail detail) {
        RequestKey key = request.key();
        same(key, "object", request.object(), name(span.getObject()));
        String uid = span.getObject().getUid();
        if (!request.uid().isEmpty()) {
            same(key, "uid of " + request.object(), request.uid(), uid);
        } else if (!uid.isEmpty()
                && !expected.uidsByObject()
                        .getOrDefault(request.object(), Set.of())
                        .contains(uid)) {
            differ(key, "has uid " + uid + ", which " + request.object() + " never had");
        }
        same(key, "code", request.code(), detail.getCode());
        String as = detail.getImpersonated().isEmpty() ? "" : " as " + detail.getImpersonated();
        same(key, "caller", request.caller(), detail.getUser() + as);
        same(key, "effect on " + request.object(), request.effect(), detail.getEffect());
        same(key, "resourceVersion of " + request.object(), request.resourceVersion(), detail.getResourceVersion());
    }

    private void counts() {
        Map<String, Integer> should = new TreeMap<>();
        expected.requests().forEach(r -> should.merge(r.key().verb() + " " + r.code(), 1, Integer::sum));
        Map<String, Integer> is = new TreeMap<>();
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof RequestDetail detail) {
                is.merge(detail.getVerb() + " " + detail.getCode(), 1, Integer::sum);
            }
        }
        same("all requests", "counts by verb and code", should, is);
    }

    private void items() {
        Set<Item> actual = new LinkedHashSet<>();
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof ItemDetail detail) {
                Item item = new Item(
                        detail.getAuditId(),
                        name(span.getObject()),
                        span.getObject().getUid(),
                        detail.getResourceVersion(),
                        detail.getEffect());
                if (!actual.add(item)) {
                    differ(item, "has more than one span");
                }
            }
        }
        sameSet("item", expected.items(), actual);
    }

    private void links() {
        Set<Link> actual = new LinkedHashSet<>();
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof ObjectDetail detail) {
                String child = span.getObject().getUid();
                detail.getOwners().forEach(owner -> actual.add(new Link(child, owner.getUid(), owner.getController())));
            }
        }
        sameSet("owner link", expected.links(), actual);
    }

    private void occurrences() {
        Set<Occurrence> actual = new LinkedHashSet<>();
        for (Span span : spans.values()) {
            if (span.getDetail() instanceof EventDetail detail) {
                ObjectIdentity subject = span.getObject();
                Occurrence occurrence = new Occurrence(
                        detail.getEventUid(),
                        detail.getCount(),
                        subject.getKind(),
                        subject.getNamespace(),
                        subject.getName());
                if (!actual.add(occurrence)) {
                    differ(occurrence, "has more than one span");
                }
            }
        }
        sameSet("Event occurrence", expected.occurrences(), actual);
    }

    private void sameSet(String what, Collection<?> should, Set<?> is) {
        should.stream().filter(one -> !is.contains(one)).forEach(one -> differ(one, "is missing (" + what + ")"));
        is.stream().filter(one -> !should.contains(one)).forEach(one -> differ(one, "is extra (" + what + ")"));
    }

    private void same(Object where, String what, Object should, Object is) {
        if (!should.equals(is)) {
            differ(where, what + ": expected " + should + ", is " + is);
        }
    }

    private void differ(Object where, String what) {
        differences.add(where + " " + what);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static ObjectName name(ObjectIdentity object) {
        return new ObjectName(object.getGroup(), object.getResource(), object.getNamespace(), object.getName());
    }
}
