package io.tidemark.query.span;

import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.ArrayList;
import java.util.List;

/** What spans can be found by literally, and which values of it a span has. An empty value is a value like any other. */
public enum SpanField {
    /** Name of the span kind. */
    KIND,
    /** Id of the object span to which it belongs. */
    OBJECT,
    /** Ids of the owners' object spans; of object spans only. */
    OWNER,
    CLUSTER,
    GROUP,
    RESOURCE,
    NAMESPACE,
    NAME,
    /** uid; of object spans only. */
    UID,
    /** {@link #subject} of a Kubernetes Event; of Events only. */
    SUBJECT,
    /** {@link #subject} of each further object that a Kubernetes Event names; of Events only. */
    MENTION,
    /** Authenticated and impersonated user. */
    USER,
    VERB,
    /** Reason of a failure or of a Kubernetes Event. */
    REASON,
    EFFECT,
    /** Normal, Warning: of Kubernetes Events only. */
    EVENT_TYPE,
    AUDIT_ID,
    /** What is not certain about the span: late, truncated, metadata-only, inexact. */
    DOUBT;

    public static final String LATE = "late";
    public static final String TRUNCATED = "truncated";
    public static final String METADATA_ONLY = "metadata-only";
    public static final String INEXACT = "inexact";

    /** Every value that {@link #DOUBT} takes. */
    public static final List<String> DOUBTS = List.of(LATE, TRUNCATED, METADATA_ONLY, INEXACT);

    public List<String> of(Span span) {
        ObjectIdentity object = span.getObject();
        return switch (this) {
            case KIND -> List.of(span.getKind().name());
            case OBJECT -> List.of(SpanRef.of(span.getObjectSpanId()).toString());
            case OWNER -> owners(span);
            case CLUSTER -> List.of(object.getCluster());
            case GROUP -> List.of(object.getGroup());
            case RESOURCE -> List.of(object.getResource());
            case NAMESPACE -> List.of(object.getNamespace());
            case NAME -> List.of(object.getName());
            case UID -> span.getKind() == SpanKind.OBJECT ? List.of(object.getUid()) : List.of();
            case SUBJECT -> span.getKind() == SpanKind.EVENT ? List.of(subject(object)) : List.of();
            case MENTION -> mentions(span);
            case USER -> users(span);
            case VERB -> span.getDetail() instanceof RequestDetail request ? List.of(request.getVerb()) : List.of();
            case REASON -> reasons(span);
            case EFFECT -> effects(span);
            case EVENT_TYPE -> span.getDetail() instanceof EventDetail event ? List.of(event.getType()) : List.of();
            case AUDIT_ID -> auditIds(span);
            case DOUBT -> doubts(span);
        };
    }

    /** The object as a Kubernetes Event names its subject when it has no usable uid. */
    public static String subject(ObjectIdentity object) {
        return subject(object.getCluster(), object.getKind(), object.getNamespace(), object.getName());
    }

    private static String subject(String cluster, String kind, String namespace, String name) {
        return cluster + '/' + kind + '/' + namespace + '/' + name;
    }

    private static List<String> mentions(Span span) {
        String cluster = span.getObject().getCluster();
        return span.getDetail() instanceof EventDetail event
                ? event.getMentions().stream()
                        .map(each -> subject(cluster, each.getKind(), each.getNamespace(), each.getName()))
                        .toList()
                : List.of();
    }

    private static List<String> owners(Span span) {
        return span.getDetail() instanceof ObjectDetail life
                ? life.getOwners().stream()
                        .map(owner -> SpanRef.of(owner.getSpanId()).toString())
                        .distinct()
                        .toList()
                : List.of();
    }

    private static List<String> users(Span span) {
        return switch (span.getDetail()) {
            case RequestDetail request ->
                request.getImpersonated().isEmpty()
                        ? List.of(request.getUser())
                        : List.of(request.getUser(), request.getImpersonated());
            case ItemDetail item -> List.of(item.getUser());
            case EventDetail event -> List.of(event.getUser());
            default -> List.of();
        };
    }

    private static List<String> reasons(Span span) {
        return switch (span.getDetail()) {
            case RequestDetail request -> List.of(request.getReason());
            case EventDetail event -> List.of(event.getReason());
            default -> List.of();
        };
    }

    private static List<String> effects(Span span) {
        return switch (span.getDetail()) {
            case RequestDetail request -> List.of(request.getEffect().name());
            case ItemDetail item -> List.of(item.getEffect().name());
            default -> List.of();
        };
    }

    private static List<String> auditIds(Span span) {
        return switch (span.getDetail()) {
            case RequestDetail request -> List.of(request.getAuditId());
            case ItemDetail item -> List.of(item.getAuditId());
            case EventDetail event -> List.of(event.getAuditId());
            default -> List.of();
        };
    }

    private static List<String> doubts(Span span) {
        List<String> doubts = new ArrayList<>(2);
        if (span.getLate()) {
            doubts.add(LATE);
        }
        if (span.getDetail() instanceof RequestDetail request) {
            if (request.getTruncated()) {
                doubts.add(TRUNCATED);
            }
            if (request.getLevel().equals("Metadata")) {
                doubts.add(METADATA_ONLY);
            }
            if (!request.getChanges().isEmpty() && !request.getExact()) {
                doubts.add(INEXACT);
            }
        }
        return doubts;
    }
}
