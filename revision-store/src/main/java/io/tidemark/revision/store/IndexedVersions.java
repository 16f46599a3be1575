package io.tidemark.revision.store;

import io.tidemark.revision.encoding.KeyValueElement;
import java.nio.ByteBuffer;

/** The same versions without their values and leases. */
final class IndexedVersions implements Versions {
    private final Versions whole;

    /** Closes them when it is closed. */
    IndexedVersions(Versions whole) {
        this.whole = whole;
    }

    /** An element without what etcd's index does not have. */
    static byte[] indexed(byte[] element) {
        return KeyValueElement.encode(KeyValueElement.decode(element).indexed());
    }

    @Override
    public boolean valid() {
        return whole.valid();
    }

    @Override
    public void next() {
        whole.next();
    }

    @Override
    public byte[] key() {
        return whole.key();
    }

    @Override
    public byte[] value() {
        return indexed(whole.value());
    }

    @Override
    public int value(ByteBuffer into) {
        return RecentVersions.copy(value(), into);
    }

    @Override
    public void close() {
        whole.close();
    }
}
