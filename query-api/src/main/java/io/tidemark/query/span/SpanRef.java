package io.tidemark.query.span;

import io.tidemark.schema.audit.SpanId;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A span's id as one number; written as 16 lower-case hex digits. Order is that of the hex text.
 *
 * @param value the id's eight bytes, big-endian
 */
public record SpanRef(long value) implements Comparable<SpanRef> {
    private static final int DIGITS = 16;

    public static SpanRef of(SpanId id) {
        return new SpanRef(ByteBuffer.wrap(id.bytes()).getLong());
    }

    /**
     * Reads 16 lower-case hex digits.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static SpanRef parse(String text) {
        if (text.length() != DIGITS || !text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new IllegalArgumentException("expected a span id of 16 lower-case hex digits, found '" + text + "'");
        }
        return new SpanRef(HexFormat.fromHexDigitsToLong(text));
    }

    @Override
    public int compareTo(SpanRef other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
