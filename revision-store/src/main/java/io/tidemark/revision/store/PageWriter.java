package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies elements, as many as there is to be in a page. */
final class PageWriter {
    private static final ByteBuffer NOWHERE = ByteBuffer.allocate(0);

    private final Room room;
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private ByteBuffer chunk = NOWHERE;
    private long written;
    private int returned;

    PageWriter(Room room) {
        this.room = room;
    }

    /**
     * @param limit most versions; 0 for all
     * @param mostBytes of all of them; a first one that is larger comes alone
     */
    EncodedPage write(Versions versions, long limit, long mostBytes) {
        while (versions.valid()) {
            if (limit > 0 && returned == limit) {
                return page(Key.of(versions.key()));
            }
            int size = versions.value(chunk);
            if (returned > 0 && written + size > mostBytes) {
                return page(Key.of(versions.key()));
            }
            if (size > chunk.remaining()) {
                endChunk();
                chunk = room.chunk(size);
                versions.value(chunk);
            }
            chunk.position(chunk.position() + size);
            written += size;
            returned++;
            versions.next();
        }
        return page(null);
    }

    private void endChunk() {
        if (chunk.position() > 0) {
            chunks.add(chunk.flip());
        }
    }

    private EncodedPage page(@Nullable Key next) {
        endChunk();
        return new EncodedPage(List.copyOf(chunks), returned, next);
    }

    /** What {@link #write} would write, without a bound of bytes. */
    static PageSize measure(Versions versions, long limit) {
        long bytes = 0;
        long returned = 0;
        while (versions.valid() && (limit == 0 || returned < limit)) {
            bytes += versions.value(NOWHERE);
            returned++;
            versions.next();
        }
        return new PageSize(bytes, returned, versions.valid());
    }
}
