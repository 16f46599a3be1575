package io.tidemark.kube;

import io.tidemark.kube.FieldType.Rule;
import io.tidemark.kube.FieldType.Shape;
import java.util.Arrays;

/**
 * Writes a message as JSON, straight from its bytes. A message is gone through twice: once by its tags, to find where each
 * field stands, for on the wire they stand in the order of their numbers; then field by field in the order of the JSON.
 *
 * <p>Worked example: of {@code 12 01 62, 0a 01 61, 12 01 63} (field 2 "b", field 1 "a", field 2 "c") the first pass keeps,
 * for each field, where its first tag and its last value stand and how many there are: field 1: 3, 4, 1; field 2: 0, 7, 2.
 * A list is then read from its first tag on until as many were found.
 */
final class ObjectDecoder {
    /** Messages inside each other; of what Kubernetes validates, schemas are the deepest, and far from it. */
    static final int DEEPEST = 256;

    private static final int FIRST = 0;
    private static final int LAST = 1;
    private static final int COUNT = 2;
    private static final int MARKS = 3;
    private static final byte[] NOTHING = {};

    private final Wire wire;
    private final JsonBuffer out;
    private final SpecialForms special;
    private final Occurrences occurrences;
    private final ListValues lists;
    private final MapEntries maps;
    private final FieldType[] path = new FieldType[DEEPEST + 1];
    private int depth;
    private int[] marks = new int[512];
    private int used;
    private long revision;

    /**
     * Reads and writes.
     *
     * @param wire the bytes
     * @param out where the JSON goes
     */
    ObjectDecoder(Wire wire, JsonBuffer out) {
        this.wire = wire;
        this.out = out;
        this.special = new SpecialForms(wire, out, this);
        this.occurrences = new Occurrences(wire);
        this.lists = new ListValues(wire, out, this);
        this.maps = new MapEntries(wire, out, this);
    }

    /**
     * Writes an object.
     *
     * @param type its message
     * @param head what it begins with, members of JSON
     * @param envelope where it stands
     * @param revision what its metadata is to have as resourceVersion; 0: what is stored
     */
    void object(MessageType type, byte[] head, Envelope envelope, long revision) {
        this.revision = revision;
        out.put('{');
        out.put(head);
        members(type, envelope.from(), envelope.end());
        out.put('}');
    }

    /** The members on the way to where it stands, such as {@code .spec.containers}. */
    String path() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= Math.min(depth, DEEPEST); i++) {
            FieldType field = path[i];
            if (field != null && !field.name().isEmpty()) {
                text.append('.').append(field.name());
            }
        }
        return text.toString();
    }

    /** Writes the message that goes from the present place to the end. */
    void message(MessageType type, int end) {
        out.put('{');
        members(type, wire.at(), end);
        out.put('}');
    }

    private void members(MessageType type, int from, int end) {
        if (depth == DEEPEST) {
            throw wire.broken("more than " + DEEPEST + " messages inside each other");
        }
        depth++;
        path[depth] = null;
        int base = used;
        used += MARKS * type.size();
        if (used > marks.length) {
            marks = Arrays.copyOf(marks, Math.max(used, 2 * marks.length));
        }
        Arrays.fill(marks, base, used, 0);
        find(type, base, from, end);
        for (int i = 0; i < type.size(); i++) {
            FieldType field = type.field(i);
            path[depth] = field;
            write(field, base + MARKS * i, end);
        }
        used = base;
        depth--;
        wire.goTo(end);
    }

    private void find(MessageType type, int base, int from, int end) {
        wire.goTo(from);
        while (wire.at() < end) {
            int tag = wire.at();
            wire.tag(end);
            int index = type.indexOf(wire.number());
            if (index >= 0) {
                FieldType field = type.field(index);
                path[depth] = field;
                boolean packed = wire.wireType() == Wire.LENGTH && field.shape() == Shape.LIST;
                if (!packed) {
                    wire.expect(
                            field.shape() == Shape.MAP
                                    ? Wire.LENGTH
                                    : field.form().wireType());
                }
                int mark = base + MARKS * index;
                marks[mark + LAST] = wire.at();
                if (marks[mark + COUNT]++ == 0) {
                    marks[mark + FIRST] = tag;
                }
            }
            wire.skip(end);
        }
    }

    private void write(FieldType field, int mark, int end) {
        boolean absent = marks[mark + COUNT] == 0;
        switch (field.shape()) {
            case INLINE -> inline(field, mark, end);
            case VALUE -> value(field, mark, end);
            case OPTIONAL, LIST, MAP -> {
                if (absent && field.rule() == Rule.ALWAYS) {
                    out.member(field.key());
                    out.putNull();
                } else if (!absent) {
                    present(field, mark, end);
                }
            }
        }
    }

    private void present(FieldType field, int mark, int end) {
        wire.goTo(marks[mark + FIRST]);
        switch (field.shape()) {
            case LIST -> lists.write(field, marks[mark + COUNT], end);
            case MAP -> {
                out.member(field.key());
                maps.write(field, marks[mark + COUNT], end);
            }
            case OPTIONAL, VALUE, INLINE -> {
                out.member(field.key());
                single(field, mark, end);
            }
        }
    }

    /** The members of a message that has no name of its own. */
    private void inline(FieldType field, int mark, int end) {
        int count = marks[mark + COUNT];
        if (count > 1) {
            byte[] before = wire.swap(merged(field, mark, end));
            members(field.below(), 0, wire.data().length);
            wire.swap(before);
        } else if (count == 1) {
            wire.goTo(marks[mark + LAST]);
            int to = wire.endOfPiece(end);
            members(field.below(), wire.at(), to);
        } else {
            members(field.below(), end, end);
        }
    }

    private void value(FieldType field, int mark, int end) {
        if (revision > 0 && isResourceVersion(field)) {
            out.member(field.key());
            out.put(JsonBuffer.quoted(Long.toString(revision)));
            return;
        }
        if (marks[mark + COUNT] == 0) {
            if (!field.omitsZero()) {
                out.member(field.key());
                zero(field, end);
            }
            return;
        }
        wire.goTo(marks[mark + LAST]);
        if (field.rule() != Rule.ALWAYS && field.omitsZero() && isZero(field, end)) {
            return;
        }
        present(field, mark, end);
    }

    /** Whether it is the object's own, which is not stored: it is the revision of the key. */
    private boolean isResourceVersion(FieldType field) {
        FieldType above = path[1];
        return depth == 2
                && above != null
                && above.name().equals("metadata")
                && field.name().equals("resourceVersion");
    }

    private boolean isZero(FieldType field, int end) {
        return switch (field.form()) {
            case BOOL, INT64 -> wire.varint(end) == 0;
            case INT32 -> (int) wire.varint(end) == 0;
            case FLOAT64 -> Double.longBitsToDouble(wire.fixed64(end)) == 0;
            // what has no bytes is a text, bytes, a list or a time that is zero
            default -> wire.endOfPiece(end) == wire.at();
        };
    }

    /** Writes what stands where a value is absent. */
    void zero(FieldType field, int end) {
        switch (field.form()) {
            case STRING -> out.string(NOTHING, 0, 0);
            case BOOL -> out.bool(false);
            case INT32, INT64, FLOAT64 -> out.number(0);
            case BYTES -> out.putNull();
            case MESSAGE -> {
                wire.goTo(end);
                message(field.below(), end);
            }
            default -> special.writeZero(field.form());
        }
    }

    /** What can occur once; Kubernetes writes it once, but what reads it takes more. */
    private void single(FieldType field, int mark, int end) {
        if (marks[mark + COUNT] > 1 && field.form().merges()) {
            byte[] merged = merged(field, mark, end);
            byte[] before = wire.swap(merged);
            wire.goTo(0);
            body(field, merged.length);
            wire.swap(before);
        } else {
            wire.goTo(marks[mark + LAST]);
            element(field, end);
        }
    }

    private byte[] merged(FieldType field, int mark, int end) {
        wire.goTo(marks[mark + FIRST]);
        return occurrences.merged(field.number(), marks[mark + COUNT], end);
    }

    /** Writes the value that begins at the present place, and goes behind it. */
    void element(FieldType field, int end) {
        switch (field.form()) {
            case BOOL -> out.bool(wire.varint(end) != 0);
            case INT32 -> out.int32(wire.varint(end));
            case INT64 -> out.number(wire.varint(end));
            case FLOAT64 -> special.float64(Double.longBitsToDouble(wire.fixed64(end)));
            default -> {
                int to = wire.endOfPiece(end);
                body(field, to);
            }
        }
    }

    private void body(FieldType field, int end) {
        switch (field.form()) {
            case STRING -> out.string(wire.data(), wire.at(), end);
            case BYTES -> out.base64(wire.data(), wire.at(), end);
            case MESSAGE -> {
                out.put('{');
                out.put(field.head());
                members(field.below(), wire.at(), end);
                out.put('}');
            }
            default -> special.write(field, end);
        }
        wire.goTo(end);
    }
}
