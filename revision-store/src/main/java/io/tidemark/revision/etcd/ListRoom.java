package io.tidemark.revision.etcd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.tidemark.revision.store.Room;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a list, or a piece of one, stands while it is on its way to its client: memory outside of the heap, which is used again
 * for the next one. In the heap, lists of megabytes would be copied by the collector for as long as they live.
 */
final class ListRoom implements Room {
    static final int CHUNK_BYTES = 128 * 1024;
    /** What short lists take is not counted. */
    static final int FREE_BYTES = 64 * 1024;

    private final AnswerMemory memory;
    private final boolean begun;
    private final List<ByteBuf> chunks = new ArrayList<>();
    private long taken;

    /** @param begun whether a part of the answer has gone out, so that it must go on */
    ListRoom(AnswerMemory memory, boolean begun) {
        this.memory = memory;
        this.begun = begun;
    }

    /** @throws NoAnswerMemoryException when there is none for an answer that has not begun */
    @Override
    public ByteBuffer chunk(int atLeast) {
        int size = Math.max(atLeast, chunks.isEmpty() && !begun ? FREE_BYTES : CHUNK_BYTES);
        if (begun) {
            memory.takeAnyway(size);
            taken += size;
        } else if (size > FREE_BYTES) {
            memory.take(size);
            taken += size;
        }
        ByteBuf chunk = PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
        chunks.add(chunk);
        return chunk.nioBuffer(0, size);
    }

    /** Once; what was put there must not be read any more. From any thread. */
    void release() {
        memory.give(taken);
        chunks.forEach(ByteBuf::release);
    }
}
