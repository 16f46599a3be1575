package io.tidemark.audit.fact;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.topic.AvroBinary;
import java.util.ArrayList;
import java.util.List;

/**
 * One accepted audit event in, what it says about objects out: nothing for reads, one fact for a request, one more per
 * object in the answer of a deletecollection.
 */
public final class Facts {

    /**
     * Evidence and the object key under which it belongs.
     *
     * @param key cluster/group/resource/namespace/name; no part can hold a slash
     */
    public record Keyed(String key, Evidence evidence) {}

    /**
     * What came out of one event.
     *
     * @param scope what the event is to the tracer; only REQUEST and EVENT yield facts
     */
    public record Reading(Scope scope, List<Keyed> facts) {}

    private Facts() {}

    /**
     * Reads an event.
     *
     * @throws UnreadableEventException when the event is no JSON object
     */
    public static Reading read(AuditEvent accepted) {
        String stage = stageName(accepted);
        if (accepted.getVerb().equals("get") && accepted.getSubresource().isEmpty()
                || accepted.getVerb().equals("list")
                || accepted.getVerb().equals("watch")) {
            return new Reading(Scope.READ, List.of()); // the bulk of a log is told by the verb alone
        }
        AuditRecord event = AuditRecordReader.read(AvroBinary.bytes(accepted.getEvent()));
        Scope scope = Scope.of(event.verb, stage, event.group, event.resource, event.subresource);
        return switch (scope) {
            case REQUEST -> new Reading(scope, requestFacts(accepted, event));
            case EVENT -> new Reading(scope, EventFacts.read(accepted, event));
            case READ, LEASE, REVIEW, NOTHING_TO_TELL -> new Reading(scope, List.of());
        };
    }

    /** Whether the event behind a finished request's fact showed a body, by the fact's richness. */
    public static boolean hasBodies(long richness) {
        return RequestFact.isFinished(richness) && RequestFact.bodies(richness) != 0;
    }

    /** Whether the event behind a finished request's fact showed no body at all, by the fact's richness. */
    public static boolean lacksBodies(long richness) {
        return RequestFact.isFinished(richness) && RequestFact.bodies(richness) == 0;
    }

    private static List<Keyed> requestFacts(AuditEvent accepted, AuditRecord event) {
        ObjectName name = ObjectName.of(accepted.getCluster(), event);
        RequestFact request = new RequestFact(accepted, event, name);
        List<Keyed> facts = new ArrayList<>();
        facts.add(new Keyed(name.key(), request.evidence()));
        if (event.verb.equals("deletecollection")) {
            facts.addAll(CollectionFacts.read(accepted, event, name, request));
        }
        return facts;
    }

    private static String stageName(AuditEvent accepted) {
        return switch (accepted.getStage()) {
            case REQUEST_RECEIVED -> "RequestReceived";
            case RESPONSE_STARTED -> "ResponseStarted";
            case RESPONSE_COMPLETE -> "ResponseComplete";
            case PANIC -> "Panic";
        };
    }
}
