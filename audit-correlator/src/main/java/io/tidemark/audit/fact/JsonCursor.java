package io.tidemark.audit.fact;

import io.tidemark.audit.diff.JsonText;

/**
 * Walks over JSON that a door has validated, from value to value: what is not asked for is passed by its brackets and
 * quotes alone, and only what is asked for becomes text.
 *
 * <pre>
 *   {"verb":"patch","objectRef":{"name":"web"},...}
 *    enterObject, nextMember -> name "verb", text "patch";  nextMember -> name "objectRef", enterObject, ...
 * </pre>
 *
 * After {@link #nextMember} or {@link #nextElement} answered true, the value must be consumed by exactly one of
 * {@link #text}, {@link #sharedText}, {@link #skip}, {@link #enterObject} and {@link #enterArray}; after an entered
 * object or array its members must be asked for until there are no more.
 */
final class JsonCursor {
    private static final SharedTexts<String> SHARED = SharedTexts.ofStrings();

    private final byte[] json;
    private final JsonText text;
    private final KnownNames names;
    private int at;
    private int memberStart;
    private int nameEnd;

    /** Stands before the text's only value. */
    JsonCursor(byte[] json, KnownNames names) {
        this.json = json;
        this.text = new JsonText(json);
        this.names = names;
    }

    /** Offset of the next value's first byte. */
    int start() {
        at = text.skipSpace(at);
        return at;
    }

    /** Offset behind the value consumed last. */
    int end() {
        return at;
    }

    /** Offset of the member's name, its quote included. */
    int memberStart() {
        return memberStart;
    }

    /** First byte of the next value: what kind of value it is. */
    byte first() {
        return text.at(start(), "value");
    }

    /** Goes to the next member of the object that was entered; false at its end, which is consumed. */
    boolean nextMember() {
        if (ended('}')) {
            return false;
        }
        memberStart = at;
        nameEnd = text.endOfString(at);
        at = text.skipSpace(nameEnd) + 1; // the colon
        return true;
    }

    /** Goes to the next element of the array that was entered; false at its end, which is consumed. */
    boolean nextElement() {
        return !ended(']');
    }

    private boolean ended(char close) {
        byte b = text.at(start(), "more");
        if (b == ',') {
            at++;
            b = text.at(start(), "more");
        }
        if (b == close) {
            at++;
            return true;
        }
        return false;
    }

    /** The member's name when it is a known one, else an empty text. */
    String name() {
        return text.hasEscape(memberStart, nameEnd) ? anyName() : names.find(json, memberStart + 1, nameEnd - 1);
    }

    /** The member's name, whatever it is. */
    String anyName() {
        return text.string(memberStart, nameEnd);
    }

    /** As {@link #anyName}, for names that many texts have. */
    String sharedName() {
        return SHARED.get(json, memberStart, nameEnd);
    }

    /** The scalar as text; anything else is passed and counts as not set. */
    String text() {
        return text(false);
    }

    /** As {@link #text}, for values that many texts have. */
    String sharedText() {
        return text(true);
    }

    private String text(boolean shared) {
        byte first = first();
        int from = at;
        skip();
        return switch (first) {
            case '"' -> shared ? SHARED.get(json, from, at) : text.string(from, at);
            case '{', '[', 'n' -> "";
            default -> text.raw(from, at);
        };
    }

    /** Enters the object; what is none is passed. */
    boolean enterObject() {
        return enter('{');
    }

    /** Enters the array; what is none is passed. */
    boolean enterArray() {
        return enter('[');
    }

    private boolean enter(char open) {
        if (first() == open) {
            at++;
            return true;
        }
        skip();
        return false;
    }

    /** Passes the value. */
    void skip() {
        at = text.endOfValue(start());
    }
}
