package io.tidemark.revision.store;

import java.nio.ByteBuffer;

/** Versions of keys, one for each key, in the order of the keys. What is closed must not be used. */
interface Versions extends AutoCloseable {
    /** Whether there is one here; else it was the last. */
    boolean valid();

    /** To the next one; only when there is one here. */
    void next();

    byte[] key();

    /** The element. */
    byte[] value();

    /**
     * Copies the element to where the buffer stands, and leaves it standing there.
     *
     * @return its size; when there was not enough room, only its beginning was copied
     */
    int value(ByteBuffer into);

    @Override
    void close();
}
