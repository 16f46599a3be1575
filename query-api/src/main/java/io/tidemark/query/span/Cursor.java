package io.tidemark.query.span;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The last item of a page. It names the item, not its number, so pages neither repeat nor skip an item when spans
 * arrive between two of them.
 *
 * @param score how well the item matched; 0 where results are ordered by time alone
 * @param startMicros its start
 * @param id its span id
 */
public record Cursor(float score, long startMicros, SpanRef id) {
    private static final int BYTES = Float.BYTES + 2 * Long.BYTES;

    public String text() {
        ByteBuffer bytes =
                ByteBuffer.allocate(BYTES).putFloat(score).putLong(startMicros).putLong(id.value());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Cursor parse(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("not a cursor of this version");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        float score = buffer.getFloat();
        return new Cursor(score, buffer.getLong(), new SpanRef(buffer.getLong()));
    }
}
