package io.tidemark.kube;

import java.util.Optional;

/**
 * Reads values of a Kubernetes keyspace. Kubernetes stores the objects of its own kinds in an envelope of protobuf that
 * begins with {@code k8s} and a zero, and custom resources, their definitions and API services as JSON. What is encrypted
 * at rest begins with {@code k8s:enc:} and cannot be read here; neither can the CBOR of an alpha feature. Safe for use by
 * many threads.
 */
public final class StoredObject {
    /** Bytes of JSON that come of a byte of protobuf, about; to begin with. */
    private static final int GROWTH = 2;

    private StoredObject() {}

    /**
     * An object as the API tells it, at the version at which it is stored.
     *
     * @param apiVersion {@code v1} or {@code apps/v1}
     * @param kind kind
     * @param json one line, UTF-8, byte for byte what kube-apiserver writes for what is stored: fields in the order of the
     *     types, custom resources in the order in which they are stored. An object of a kind that is not Kubernetes' own
     *     but stored in its envelope is {@code {"kind":..,"apiVersion":..,"raw":..}} with the object's protobuf in base64
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
    public record Decoded(String apiVersion, String kind, byte[] json) {}

    /**
     * Decodes a value as it is stored. What kube-apiserver answers has beside that {@code metadata.resourceVersion}, which
     * is not stored, and fields with defaults that a newer release has than the one that wrote the value.
     *
     * @param value value of a key
     * @return empty when the value is neither Kubernetes' envelope nor a JSON object with apiVersion and kind
     * @throws UndecodableObjectException when it has the envelope and cannot be read
     */
    public static Optional<Decoded> decode(byte[] value) {
        return decode(value, 0);
    }

    /**
     * Decodes a value and puts its revision where kube-apiserver puts it.
     *
     * @param value value of a key
     * @param modRevision revision that wrote the value, the object's resourceVersion; 0 for what is stored, which is none
     * @return empty when the value is neither Kubernetes' envelope nor a JSON object with apiVersion and kind
     * @throws UndecodableObjectException when it has the envelope and cannot be read
     */
    public static Optional<Decoded> decode(byte[] value, long modRevision) {
        if (Envelope.begins(value)) {
            return Optional.of(envelope(value, modRevision));
        }
        JsonBuffer out = new JsonBuffer(value.length + 64);
        return StoredJson.read(value, out, modRevision)
                .map(identity -> new Decoded(identity.apiVersion(), identity.kind(), out.toBytes()));
    }

    /**
     * Tells which object a value is without decoding it: of protobuf nothing but the metadata's name, namespace and labels
     * is read, of JSON all, as it might say them last.
     *
     * @param value value of a key
     * @return empty when the value is neither Kubernetes' envelope nor a JSON object with apiVersion and kind
     * @throws UndecodableObjectException when it has the envelope and cannot be read
     */
    public static Optional<ObjectIdentity> identity(byte[] value) {
        if (!Envelope.begins(value)) {
            return StoredJson.read(value, null, 0);
        }
        Wire wire = new Wire(value);
        String type = "envelope";
        try {
            Envelope envelope = Envelope.read(wire);
            type = envelope.type();
            return Optional.of(envelope.identity(wire));
        } catch (Wire.Broken e) {
            throw new UndecodableObjectException(type, ".metadata", e.position(), e.why());
        }
    }

    /** Whether an API group is one of Kubernetes' own, whose objects are stored in its envelope; the core one is empty. */
    public static boolean isOwnGroup(String group) {
        return KubernetesTypes.isGroup(group);
    }

    private static Decoded envelope(byte[] value, long revision) {
        Wire wire = new Wire(value);
        JsonBuffer out = new JsonBuffer(value.length * GROWTH);
        ObjectDecoder decoder = new ObjectDecoder(wire, out);
        String type = "envelope";
        try {
            Envelope envelope = Envelope.read(wire);
            type = envelope.type();
            byte[] head = KubernetesTypes.head(envelope.apiVersion(), envelope.kind());
            MessageType message = KubernetesTypes.find(envelope.apiVersion(), envelope.kind());
            if (message == null) {
                raw(value, envelope, head, out);
            } else {
                decoder.object(message, head, envelope, revision);
            }
            return new Decoded(envelope.apiVersion(), envelope.kind(), out.toBytes());
        } catch (Wire.Broken e) {
            throw new UndecodableObjectException(type, decoder.path(), e.position(), e.why());
        }
    }

    private static void raw(byte[] value, Envelope envelope, byte[] head, JsonBuffer out) {
        out.put('{');
        out.put(head);
        out.member(JsonBuffer.ascii("\"raw\":"));
        out.base64(value, envelope.from(), envelope.end());
        out.put('}');
    }
}
