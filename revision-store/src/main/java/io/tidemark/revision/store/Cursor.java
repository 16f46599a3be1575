package io.tidemark.revision.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Walks over a range of a table, in the order of its keys. The only user of RocksDB's iterators. */
final class Cursor implements Versions {
    private static final int STEPS = 8;

    private final ReadOptions options;
    private final @Nullable Slice to;
    private final RocksIterator iterator;
    private final Damage damage;

    /** Takes over the first three, and closes them. */
    Cursor(ReadOptions options, @Nullable Slice to, RocksIterator iterator, Damage damage) {
        this.options = options;
        this.to = to;
        this.iterator = iterator;
        this.damage = damage;
    }

    @Override
    public boolean valid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw damage.noted(Failures.reading("the image cannot be read", e));
        }
        return false;
    }

    @Override
    public void next() {
        iterator.next();
    }

    /** To the first entry that is not less. */
    void seek(byte[] key) {
        iterator.seek(key);
    }

    /** The same, for one that is ahead, and probably near: some steps cost less than looking for it. */
    void forwardTo(byte[] key) {
        for (int step = 0; step < STEPS && valid(); step++) {
            if (Arrays.compareUnsigned(iterator.key(), key) >= 0) {
                return;
            }
            iterator.next();
        }
        if (valid()) {
            iterator.seek(key);
        }
    }

    @Override
    public byte[] key() {
        return iterator.key();
    }

    @Override
    public byte[] value() {
        return iterator.value();
    }

    @Override
    public int value(ByteBuffer into) {
        int end = into.limit();
        int size = iterator.value(into);
        into.limit(end);
        return size;
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        if (to != null) {
            to.close();
        }
    }
}
