package io.tidemark.revision.bolt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A file of bbolt, version 2: pages, each with its number, of which one or more hold a node of a tree. Numbers are
 * little-endian. A leaf with {@code a = x}, and a branch whose only child is that leaf, page 3:
 *
 * <pre>
 *   page (8)          kind (2)  count (2)  overflow (4)    elements (16 each)                        keys, values
 *   0300000000000000  0200      0100       00000000        00000000 10000000 01000000 01000000       61 78
 *                     leaf                 further pages   flags    position key      value
 *   0400000000000000  0100      0100       00000000        10000000 01000000 0300000000000000        61
 *                     branch                               position key      child
 * </pre>
 *
 * A position is counted from its element. Pages 0 and 1 hold the same about the whole file, so that one of them is whole
 * when a writer is killed; the root is a bucket whose values are, with flag 1, the buckets in it. Source: bbolt's
 * {@code internal/common}.
 */
final class Layout {
    static final int PAGE_BYTES = 4096;
    static final int HEADER_BYTES = 16;
    static final int ELEMENT_BYTES = 16;
    /** Root (8) and a counter (8). */
    static final int BUCKET_BYTES = 16;

    static final int BRANCH = 0x01;
    static final int LEAF = 0x02;
    static final int META = 0x04;
    static final int FREE_LIST = 0x10;
    static final int IS_BUCKET = 0x01;

    static final int MAGIC = 0xED0CDAED;
    static final int VERSION = 2;
    /** Of a meta page, up to the checksum. */
    static final int META_BYTES = 56;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Layout() {}

    static ByteBuffer over(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void header(ByteBuffer to, long page, int kind, int count, int overflow) {
        to.putLong(page).putShort((short) kind).putShort((short) count).putInt(overflow);
    }

    /** FNV-1a, 64 bits, of what a meta page says before its checksum. */
    static long checksum(byte[] bytes, int from) {
        long hash = FNV_OFFSET;
        for (int at = from; at < from + META_BYTES; at++) {
            hash = (hash ^ (bytes[at] & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
