package io.tidemark.audit.correlate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.audit.fact.Evidence;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.correlate.Entry;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.topic.AvroBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The state of an object at a version, put together from the answers that are held. */
final class Bodies {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<Entry> FULLEST = (a, b) ->
            a.getWhole() == b.getWhole() ? Timeline.BY_TIME.compare(a, b) : Boolean.compare(b.getWhole(), a.getWhole());
    private static final Comparator<Entry> NEWEST = (a, b) ->
            a.getVersion() == b.getVersion() ? FULLEST.compare(a, b) : Long.compare(b.getVersion(), a.getVersion());

    private final Timeline timeline;
    private final FactStore facts;

    Bodies(Timeline timeline, FactStore facts) {
        this.timeline = timeline;
        this.facts = facts;
    }

    /**
     * A state.
     *
     * @param version its resourceVersion
     * @param body the object as JSON without managedFields
     * @param whole false: put together from a whole older state and a later answer that showed only a part
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
    record State(long version, byte[] body, boolean whole) {}

    /** The newest state below a version, as a request that ended at a time found it. */
    Optional<State> before(String uid, long version, long stageMicros) {
        Optional<Entry> below = newestBelow(uid, version);
        return below.flatMap(entry -> stateAt(uid, entry))
                .map(state -> bound(uid, state, below.get().getReceivedMicros(), stageMicros));
    }

    /** The state at exactly this version. */
    Optional<State> at(String uid, long version) {
        return timeline.firstHeld(
                        entry -> entry.getVersion() == version && entry.getUid().equals(uid), FULLEST)
                .flatMap(entry -> stateAt(uid, entry));
    }

    private Optional<Entry> newestBelow(String uid, long version) {
        return timeline.firstHeld(
                entry -> entry.getVersion() > 0
                        && entry.getVersion() < version
                        && entry.getUid().equals(uid),
                NEWEST);
    }

    private Optional<State> stateAt(String uid, Entry entry) {
        Evidence evidence = facts.get(entry.getSpanId());
        if (evidence == null) {
            return Optional.empty();
        }
        Fact fact = evidence.fact();
        return switch (fact.getShape()) {
            case WHOLE -> Optional.of(new State(entry.getVersion(), AvroBinary.bytes(fact.getBody()), true));
            case METADATA -> older(uid, fact, Bodies::withMetadata);
            case SCALE -> older(uid, fact, Bodies::withReplicas);
            case NONE -> Optional.empty();
        };
    }

    private Optional<State> older(String uid, Fact fact, BinaryOperator<byte[]> putIn) {
        return newestBelow(uid, fact.getVersion())
                .flatMap(entry -> stateAt(uid, entry))
                .map(state -> new State(
                        fact.getVersion(), putIn.apply(state.body(), AvroBinary.bytes(fact.getBody())), false));
    }

    /** An object with its metadata replaced by a PartialObjectMetadata's. */
    static byte[] withMetadata(byte[] body, byte[] partial) {
        ObjectNode object = tree(body);
        object.set("metadata", tree(partial).path("metadata"));
        return write(object);
    }

    /** An object with its replicas replaced by a Scale's. */
    static byte[] withReplicas(byte[] body, byte[] scale) {
        ObjectNode object = tree(body);
        JsonNode replicas = tree(scale).path("spec").path("replicas");
        object.withObjectProperty("spec").set("replicas", replicas.isMissingNode() ? IntNode.valueOf(0) : replicas);
        return write(object);
    }

    /** A binding's answer shows no version, so its node is missing from the states around it: put it in. */
    private State bound(String uid, State state, long sinceMicros, long stageMicros) {
        Optional<String> node = timeline.firstHeld(
                        entry -> entry.getSubresource().equals("binding")
                                && Timeline.is(entry, Effect.ACCEPTED)
                                && entry.getStageMicros() >= sinceMicros
                                && entry.getReceivedMicros() <= stageMicros
                                && timeline.uidOf(entry).equals(uid),
                        Timeline.BY_TIME)
                .map(entry -> facts.get(entry.getSpanId()))
                .map(evidence -> evidence.fact().getNode());
        if (node.isEmpty()) {
            return state;
        }
        ObjectNode object = tree(state.body());
        ObjectNode spec = object.withObjectProperty("spec");
        if (spec.has("nodeName")) {
            return state;
        }
        spec.put("nodeName", node.get());
        return new State(state.version(), write(object), false);
    }

    private static ObjectNode tree(byte[] body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a body that was cut out of a sound event is not readable", e);
        }
    }

    private static byte[] write(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new UncheckedIOException("a JSON tree cannot fail to be written", e);
        }
    }
}
