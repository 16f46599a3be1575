package io.tidemark.kube;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kubernetes' envelope of protobuf: {@code k8s}, a zero, and the message runtime.Unknown with apiVersion and kind, and the
 * object's own message in bytes.
 *
 * @param apiVersion of the object
 * @param kind of the object
 * @param from where its message begins in the value
 * @param end where its message ends
 */
record Envelope(String apiVersion, String kind, int from, int end) {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int TYPE_META = 1;
    private static final int RAW = 2;
    private static final int API_VERSION = 1;
    private static final int KIND = 2;
    /** Field of every kind that Kubernetes stores, and fields of ObjectMeta. */
    private static final int METADATA = 1;

    private static final int NAME = 1;
    private static final int NAMESPACE = 3;
    private static final int LABELS = 11;

    static boolean begins(byte[] value) {
        return value.length >= MAGIC.length && Arrays.equals(value, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads what is around the object. */
    static Envelope read(Wire wire) {
        int end = wire.data().length;
        wire.goTo(MAGIC.length);
        int from = end;
        int to = end;
        String apiVersion = "";
        String kind = "";
        while (wire.at() < end) {
            wire.tag(end);
            if (wire.number() == TYPE_META || wire.number() == RAW) {
                wire.expect(Wire.LENGTH);
                int piece = wire.endOfPiece(end);
                if (wire.number() == RAW) {
                    from = wire.at();
                    to = piece;
                } else {
                    int typeMeta = wire.at();
                    apiVersion = text(wire, API_VERSION, piece, apiVersion);
                    wire.goTo(typeMeta);
                    kind = text(wire, KIND, piece, kind);
                }
                wire.goTo(piece);
            } else {
                wire.skip(end);
            }
        }
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            throw wire.broken("an envelope without apiVersion or kind");
        }
        return new Envelope(apiVersion, kind, from, to);
    }

    /** {@code apiVersion kind}, for messages. */
    String type() {
        return apiVersion + " " + kind;
    }

    /** Namespace, name and labels, read from the metadata alone. */
    ObjectIdentity identity(Wire wire) {
        wire.goTo(from);
        String name = "";
        String namespace = "";
        Map<String, String> labels = new LinkedHashMap<>();
        while (next(wire, METADATA, end)) {
            int to = wire.endOfPiece(end);
            int meta = wire.at();
            name = text(wire, NAME, to, name);
            wire.goTo(meta);
            namespace = text(wire, NAMESPACE, to, namespace);
            wire.goTo(meta);
            while (next(wire, LABELS, to)) {
                int entry = wire.endOfPiece(to);
                int start = wire.at();
                String key = text(wire, 1, entry, "");
                wire.goTo(start);
                labels.put(key, text(wire, 2, entry, ""));
                wire.goTo(entry);
            }
            wire.goTo(to);
        }
        return new ObjectIdentity(apiVersion, kind, namespace, name, labels);
    }

    /** The last text of that number from the present place on, or what it was before. */
    private static String text(Wire wire, int number, int end, String before) {
        String text = before;
        while (next(wire, number, end)) {
            int to = wire.endOfPiece(end);
            text = new String(wire.data(), wire.at(), to - wire.at(), StandardCharsets.UTF_8);
            wire.goTo(to);
        }
        return text;
    }

    private static boolean next(Wire wire, int number, int end) {
        while (wire.at() < end) {
            wire.tag(end);
            if (wire.number() == number) {
                wire.expect(Wire.LENGTH);
                return true;
            }
            wire.skip(end);
        }
        return false;
    }
}
