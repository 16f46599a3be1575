package io.tidemark.revision.bolt;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about itself.
 *
 * @param root page of the root bucket
 * @param pages how many pages there are
 * @param transaction that wrote it: of two, the greater one holds
 */
record Meta(int pageBytes, long root, long pages, long transaction) {
    /** Null when these bytes are no meta page. */
    static @Nullable Meta parse(byte[] bytes, int from) {
        if (from + Layout.HEADER_BYTES + Layout.META_BYTES + Long.BYTES > bytes.length) {
            return null;
        }
        ByteBuffer meta = Layout.over(bytes).position(from + Layout.HEADER_BYTES);
        boolean known = meta.getInt() == Layout.MAGIC && meta.getInt() == Layout.VERSION;
        int pageBytes = meta.getInt();
        meta.getInt(); // flags, unused
        long root = meta.getLong();
        meta.getLong(); // the root's counter
        meta.getLong(); // the free list, which readers do not need
        long pages = meta.getLong();
        long transaction = meta.getLong();
        boolean whole = meta.getLong() == Layout.checksum(bytes, from + Layout.HEADER_BYTES);
        return known && whole ? new Meta(pageBytes, root, pages, transaction) : null;
    }
}
