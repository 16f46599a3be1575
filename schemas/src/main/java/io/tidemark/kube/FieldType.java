package io.tidemark.kube;

import org.jspecify.annotations.Nullable;

/**
 * A field of a message: how it is on the wire, and how it is in JSON.
 *
 * @param number number on the wire
 * @param name name in JSON; empty for an inlined message, whose members are those of the message around it
 * @param key the name with quotes and colon, as bytes of JSON
 * @param shape whether it may be absent, and how often it occurs
 * @param form how one of its values is written
 * @param child the message below, for forms that have one
 * @param rule when it is left out of the JSON
 * @param head what each of its values begins with beside its fields: {@code "kind":..,"apiVersion":..}, or nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared but by identity
record FieldType(
        int number,
        String name,
        byte[] key,
        Shape shape,
        Form form,
        @Nullable MessageType child,
        Rule rule,
        byte[] head) {

    /** How often. What is no pointer in Go has a value, its zero, when it is absent. */
    enum Shape {
        VALUE,
        OPTIONAL,
        LIST,
        MAP,
        INLINE
    }

    /** When it is left out: never, when it is empty as Go sees it, when it is a time that is zero. */
    enum Rule {
        ALWAYS,
        OMITEMPTY,
        OMITZERO
    }

    /** The message below a field that has one. */
    MessageType below() {
        if (child == null) {
            throw new IllegalStateException("field " + name + " of form " + form + " has no message");
        }
        return child;
    }

    /** Whether it is left out when it is zero: Go never takes a struct for empty, only a time for zero. */
    boolean omitsZero() {
        return switch (rule) {
            case ALWAYS -> false;
            case OMITZERO -> true;
            case OMITEMPTY ->
                switch (form) {
                    case STRING, BOOL, INT32, INT64, FLOAT64, BYTES, STRINGS -> true;
                    case MESSAGE,
                            TIME,
                            MICROTIME,
                            DURATION,
                            QUANTITY,
                            INTORSTRING,
                            RAW,
                            JSON,
                            ORBOOL,
                            ORARRAY,
                            ORSTRINGS -> false;
                };
        };
    }
}
