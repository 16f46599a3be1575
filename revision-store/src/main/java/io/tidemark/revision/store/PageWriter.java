package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Copies elements into chunks, which grow so that a list of a few keys takes little and a long one few pieces. */
final class PageWriter {
    private static final int CHUNK_LEAST = 4 << 10;
    private static final int CHUNK_MOST = 256 << 10;

    private final List<ByteBuffer> chunks = new ArrayList<>();
    private byte[] chunk = new byte[CHUNK_LEAST];
    private int used;
    private long written;
    private int returned;

    /**
     * @param limit most versions; 0 for all
     * @param mostBytes of all of them; a first one that is larger comes alone
     */
    EncodedPage write(Versions versions, long limit, long mostBytes) {
        while (versions.valid()) {
            if (limit > 0 && returned == limit) {
                return page(Key.of(versions.key()));
            }
            int size = copy(versions);
            if (returned > 0 && written + size > mostBytes) {
                return page(Key.of(versions.key()));
            }
            used += size;
            written += size;
            returned++;
            versions.next();
        }
        return new EncodedPage(cut(), returned, null);
    }

    private int copy(Versions versions) {
        int size = versions.value(chunk, used);
        if (size > chunk.length - used) {
            int next = Math.clamp(chunk.length * 2L, CHUNK_LEAST, CHUNK_MOST);
            endChunk();
            chunk = new byte[Math.max(size, next)];
            used = 0;
            versions.value(chunk, 0);
        }
        return size;
    }

    private void endChunk() {
        if (used > 0) {
            chunks.add(ByteBuffer.wrap(chunk, 0, used));
        }
    }

    private EncodedPage page(Key next) {
        return new EncodedPage(cut(), returned, next);
    }

    private List<ByteBuffer> cut() {
        endChunk();
        return List.copyOf(chunks);
    }
}
