package io.tidemark.kube;

/** Writes lists: {@code null} when there is nothing in one, for Go reads no difference between that and an absent one. */
final class ListValues {
    private final Wire wire;
    private final JsonBuffer out;
    private final ObjectDecoder messages;
    private final Occurrences occurrences;

    ListValues(Wire wire, JsonBuffer out, ObjectDecoder messages) {
        this.wire = wire;
        this.out = out;
        this.messages = messages;
        this.occurrences = new Occurrences(wire);
    }

    /**
     * Writes a list whose first tag is at the present place, its key included.
     *
     * @param field the field
     * @param count how often it occurs
     * @param end end of the message around it
     */
    void write(FieldType field, int count, int end) {
        boolean begun = false;
        for (int left = count; left > 0; left--) {
            occurrences.toNext(field.number(), end);
            // numbers may also stand several in one piece
            boolean packed = wire.wireType() == Wire.LENGTH && field.form().wireType() != Wire.LENGTH;
            int to = packed ? wire.endOfPiece(end) : end;
            while (!packed || wire.at() < to) {
                begun = begin(field, begun);
                messages.element(field, to);
                if (!packed) {
                    break;
                }
            }
        }
        if (begun) {
            out.put(']');
        } else if (field.rule() == FieldType.Rule.ALWAYS) {
            out.member(field.key());
            out.putNull();
        }
    }

    private boolean begin(FieldType field, boolean begun) {
        if (begun) {
            out.element();
        } else {
            out.member(field.key());
            out.put('[');
        }
        return true;
    }
}
