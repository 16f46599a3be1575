package io.tidemark.revision.store;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An answer to a list, as bytes.
 *
 * @param chunks one behind the other the fields {@code kvs} of etcd's {@code RangeResponse}, from the buffers' positions to their limits; not to be changed
 * @param returned how many versions those are
 * @param more whether there are more than the limit let through
 * @param count keys in the range, limit aside
 */
public record EncodedRange(List<ByteBuffer> chunks, int returned, boolean more, long count) {}
