package io.tidemark.kube;

/** The messages that Kubernetes writes to JSON by code of its own, k8s.io/apimachinery and k8s.io/apiextensions-apiserver. */
final class SpecialForms {
    private static final int NANOS_PER_MICRO = 1000;
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final byte[] NO_TEXT = {};

    private final Wire wire;
    private final JsonBuffer out;
    private final ObjectDecoder messages;

    SpecialForms(Wire wire, JsonBuffer out, ObjectDecoder messages) {
        this.wire = wire;
        this.out = out;
        this.messages = messages;
    }

    /** Writes the value whose message goes from the present place to the end. */
    void write(FieldType field, int end) {
        switch (field.form()) {
            case STRINGS -> strings(1, end);
            case TIME -> time(end, false);
            case MICROTIME -> time(end, true);
            case DURATION -> duration(end);
            case QUANTITY -> quantity(end);
            case INTORSTRING -> intOrString(end);
            case RAW -> json(end, true);
            case JSON -> json(end, false);
            case ORBOOL -> schemaOrBool(field.below(), end);
            case ORARRAY -> schemaOrArray(field.below(), end);
            case ORSTRINGS -> schemaOrStrings(field.below(), end);
            case STRING, BOOL, INT32, INT64, FLOAT64, BYTES, MESSAGE ->
                throw new IllegalStateException(field.form() + " is nothing special");
        }
        wire.goTo(end);
    }

    void float64(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw wire.broken("a number that JSON has not: " + value);
        }
        out.put(JsonBuffer.ascii(GoTexts.number(value)));
    }

    /** What stands where such a value is absent. */
    void writeZero(Form form) {
        switch (form) {
            case DURATION -> out.put(JsonBuffer.quoted("0s"));
            case QUANTITY -> out.put(JsonBuffer.quoted("0"));
            case INTORSTRING -> out.number(0);
            case ORBOOL -> out.bool(false);
            default -> out.putNull();
        }
    }

    /** Goes to the next field with that number and wire type, past others; false at the end. */
    private boolean next(int number, int wireType, int end) {
        while (wire.at() < end) {
            wire.tag(end);
            if (wire.number() == number) {
                wire.expect(wireType);
                return true;
            }
            wire.skip(end);
        }
        return false;
    }

    /** The last number of that field, 0 when it is absent; stays where it is. */
    private long numberOf(int field, int end) {
        int from = wire.at();
        long value = 0;
        while (next(field, Wire.VARINT, end)) {
            value = wire.varint(end);
        }
        wire.goTo(from);
        return value;
    }

    /** Goes to the last bytes of that field and gives where they end, -1 when it is absent. */
    private int pieceOf(int field, int end) {
        int from = -1;
        int to = -1;
        while (next(field, Wire.LENGTH, end)) {
            to = wire.endOfPiece(end);
            from = wire.at();
            wire.goTo(to);
        }
        if (to >= 0) {
            wire.goTo(from);
        }
        return to;
    }

    private void strings(int number, int end) {
        out.put('[');
        while (next(number, Wire.LENGTH, end)) {
            int to = wire.endOfPiece(end);
            out.element();
            out.string(wire.data(), wire.at(), to);
            wire.goTo(to);
        }
        out.put(']');
    }

    private void time(int end, boolean sixDigits) {
        if (wire.at() == end) {
            out.putNull();
            return;
        }
        long second = numberOf(1, end);
        int micros = (int) numberOf(2, end) / NANOS_PER_MICRO;
        if (sixDigits) {
            second += Math.floorDiv(micros, MICROS_PER_SECOND);
            micros = Math.floorMod(micros, MICROS_PER_SECOND);
        } else {
            micros = 0; // stored or not, they are not answered
        }
        if (second == GoTexts.ZERO_TIME && micros == 0) {
            out.putNull();
            return;
        }
        if (!GoTexts.hasYear(second)) {
            throw wire.broken("a time outside of the years 0 to 9999: " + second + " s");
        }
        out.put('"');
        out.put(JsonBuffer.ascii(sixDigits ? GoTexts.microTime(second, micros) : GoTexts.time(second)));
        out.put('"');
    }

    private void duration(int end) {
        out.put(JsonBuffer.quoted(GoTexts.duration(numberOf(1, end))));
    }

    /** As it is stored: what Kubernetes writes is the canonical text already. */
    private void quantity(int end) {
        int to = pieceOf(1, end);
        if (to < 0) {
            writeZero(Form.QUANTITY);
        } else {
            out.string(wire.data(), wire.at(), to);
        }
    }

    private void intOrString(int end) {
        long which = numberOf(1, end);
        if (which == 0) {
            out.int32(numberOf(2, end));
        } else if (which == 1) {
            int to = pieceOf(3, end);
            byte[] text = to < 0 ? NO_TEXT : wire.data();
            out.string(text, to < 0 ? 0 : wire.at(), Math.max(0, to));
        } else {
            throw wire.broken("neither a number nor a text: type " + which);
        }
    }

    private void json(int end, boolean extension) {
        int to = pieceOf(1, end);
        if (to < 0 || (to == wire.at() && !extension)) {
            out.putNull();
            return;
        }
        if (extension && (to == wire.at() || wire.data()[wire.at()] < 0)) {
            throw wire.broken("an extension in an encoding other than JSON");
        }
        JsonCursor.copy(wire.data(), wire.at(), to, out);
    }

    private void schemaOrBool(MessageType schema, int end) {
        boolean allows = numberOf(1, end) != 0;
        int to = pieceOf(2, end);
        if (to < 0) {
            out.bool(allows);
        } else {
            messages.message(schema, to);
        }
    }

    private void schemaOrArray(MessageType schema, int end) {
        int from = wire.at();
        if (!next(2, Wire.LENGTH, end)) {
            wire.goTo(from);
            schemaOrNull(schema, end);
            return;
        }
        out.put('[');
        do {
            int to = wire.endOfPiece(end);
            out.element();
            messages.message(schema, to);
            wire.goTo(to);
        } while (next(2, Wire.LENGTH, end));
        out.put(']');
    }

    private void schemaOrStrings(MessageType schema, int end) {
        int from = wire.at();
        boolean strings = next(2, Wire.LENGTH, end);
        wire.goTo(from);
        if (strings) {
            strings(2, end);
        } else {
            schemaOrNull(schema, end);
        }
    }

    private void schemaOrNull(MessageType schema, int end) {
        int to = pieceOf(1, end);
        if (to < 0) {
            out.putNull();
        } else {
            messages.message(schema, to);
        }
    }
}
