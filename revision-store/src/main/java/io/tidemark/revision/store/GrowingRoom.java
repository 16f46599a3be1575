package io.tidemark.revision.store;

import java.nio.ByteBuffer;

/** Arrays that grow, so that a page of a few keys takes little and a long one few pieces. They are never taken back. */
final class GrowingRoom implements Room {
    private static final int LEAST = 4 << 10;
    private static final int MOST = 256 << 10;

    private int next = LEAST;

    @Override
    public ByteBuffer chunk(int atLeast) {
        ByteBuffer chunk = ByteBuffer.allocate(Math.max(atLeast, next));
        next = Math.min(2 * chunk.capacity(), MOST);
        return chunk;
    }
}
