package io.tidemark.revision.store;

import java.nio.ByteBuffer;

/** Where a page is put. What it gave is its owner's to take back, when nobody reads the page any more. */
public interface Room {
    /** So many bytes or more, of which nobody else knows, from the buffer's position to its limit. */
    ByteBuffer chunk(int atLeast);
}
