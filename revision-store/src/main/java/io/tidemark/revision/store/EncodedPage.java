package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as bytes.
 *
 * @param chunks one behind the other the fields {@code kvs} of etcd's {@code RangeResponse}, from the buffers' positions to their limits; not to be changed
 * @param returned how many versions those are
 * @param next the first key of the range that is not among them, where the next page begins; null when there is none
 */
public record EncodedPage(
        List<ByteBuffer> chunks, int returned, @Nullable Key next) {}
