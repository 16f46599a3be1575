package io.tidemark.ingest.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text known to be UTF-8, without byte order mark, and the failures that can be told of it. The parser's own
 * messages are not passed on: they quote the text, and what could not be read could not be redacted.
 */
final class Text {
    private static final int BOM_BYTES = 3;

    private final ByteSlice whole;

    /** The text behind the byte order mark. */
    final ByteSlice body;

    /** Checks the encoding. */
    Text(ByteSlice whole) throws UnreadableListException {
        this.whole = whole;
        byte[] array = whole.array();
        int start = whole.offset();
        int end = start + whole.length();
        int invalid = Utf8.firstInvalid(array, start, end);
        // JSON needs no NUL byte: one in front means UTF-16 or UTF-32, which the parser would silently decode
        for (int i = start; invalid < 0 && i < Math.min(start + 4, end); i++) {
            invalid = array[i] == 0 ? i : -1;
        }
        if (invalid >= 0) {
            TextPosition position = TextPosition.of(array, start, invalid);
            throw new UnreadableListException(
                    RejectReason.NOT_UTF8,
                    "the text is not UTF-8: " + hex(array[invalid]) + " at " + position + ".",
                    "",
                    position);
        }
        boolean marked = whole.length() >= BOM_BYTES
                && array[start] == (byte) 0xef
                && array[start + 1] == (byte) 0xbb
                && array[start + 2] == (byte) 0xbf;
        this.body = marked ? new ByteSlice(array, start + BOM_BYTES, whole.length() - BOM_BYTES) : whole;
    }

    /** Where the given byte of the body stands in the text as it came. */
    TextPosition position(long bodyOffset) {
        int at = body.offset() + Math.clamp(bodyOffset, 0, body.length());
        return TextPosition.of(whole.array(), whole.offset(), at);
    }

    UnreadableListException empty() {
        return new UnreadableListException(
                RejectReason.TRUNCATED_JSON, "the text is empty.", "", position(body.length()));
    }

    UnreadableListException trailing(JsonParser p) {
        TextPosition position = position(p.currentTokenLocation().getByteOffset());
        return new UnreadableListException(
                RejectReason.MALFORMED_JSON, "malformed JSON: text after the end at " + position + ".", "", position);
    }

    /** What stopped the parser, with its place: an item of the list, or null. */
    UnreadableListException failure(IOException e, JsonParser p, @Nullable String item) {
        String in = item == null ? "" : " in " + item;
        String field = item == null ? "" : item;
        if (e instanceof StreamConstraintsException) {
            TextPosition position = position(p.currentLocation().getByteOffset());
            return new UnreadableListException(
                    RejectReason.TOO_DEEP,
                    "nested too deeply, or a name or number too long," + in + " at " + position + ".",
                    field,
                    position);
        }
        if (e instanceof JsonEOFException) {
            TextPosition position = position(body.length());
            return new UnreadableListException(
                    RejectReason.TRUNCATED_JSON, "the JSON stops" + in + " at " + position + ".", field, position);
        }
        if (e instanceof JsonProcessingException known) {
            long offset = known.getLocation() == null ? 0 : known.getLocation().getByteOffset();
            TextPosition position = position(offset);
            int at = (int) (whole.offset() + position.byteOffset());
            String found = at < whole.offset() + whole.length() ? hex(whole.array()[at]) : "the end";
            return new UnreadableListException(
                    RejectReason.MALFORMED_JSON,
                    "malformed JSON" + in + ": " + found + " at " + position + ".",
                    field,
                    position);
        }
        throw new IllegalStateException("a parser over memory failed to read", e);
    }

    private static String hex(byte value) {
        return "byte 0x%02x".formatted(value & 0xff);
    }
}
