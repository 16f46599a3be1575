package io.tidemark.revision.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/** Reads the tables, as they are or as they were at one moment. Safe for use by several threads until it is closed. */
final class Reader implements AutoCloseable {
    private final Database database;
    private final @Nullable Snapshot snapshot;
    private final ReadOptions options;

    /** @param snapshot the moment, which is given back when this is closed; null to read what is newest */
    Reader(Database database, @Nullable Snapshot snapshot) {
        this.database = database;
        this.snapshot = snapshot;
        this.options = options();
    }

    private ReadOptions options() {
        ReadOptions made = new ReadOptions();
        return snapshot == null ? made : made.setSnapshot(snapshot);
    }

    byte @Nullable [] get(Table table, byte[] key) {
        try {
            return rocks().get(database.handle(table), options, key);
        } catch (RocksDBException e) {
            throw database.damage().noted(Failures.reading("the image cannot be read", e));
        }
    }

    /** The version that an entry of the history leads to; empty for an end, null when there is no such entry. */
    byte @Nullable [] past(byte[] key) {
        byte[] entry = get(Table.HISTORY, key);
        return entry == null ? null : pastOf(entry);
    }

    /** The same of an entry that was read already. */
    byte[] pastOf(byte[] entry) {
        if (!EndedVersion.isElsewhere(entry)) {
            return entry;
        }
        byte[] element = get(Table.ENDED, EndedVersion.keyOf(entry));
        if (element == null) {
            throw damaged("the history leads to a version that is not there");
        }
        return element;
    }

    /**
     * Stands on the first entry of the range, when there is one.
     *
     * @param to the first key behind the range; null for no end
     */
    Cursor cursor(Table table, byte[] from, byte @Nullable [] to) {
        ReadOptions bounded = options();
        Slice end = to == null ? null : new Slice(to);
        if (end != null) {
            bounded.setIterateUpperBound(end);
        }
        Cursor cursor =
                new Cursor(bounded, end, rocks().newIterator(database.handle(table), bounded), database.damage());
        cursor.seek(from);
        return cursor;
    }

    /** What to throw when the entries of the tables do not belong together. */
    ImageUnusableException damaged(String what) {
        return database.damage().noted(Failures.damaged(what));
    }

    Path folder() {
        return Path.of(rocks().getName());
    }

    private RocksDB rocks() {
        return database.rocks();
    }

    @Override
    public void close() {
        options.close();
        if (snapshot != null) {
            rocks().releaseSnapshot(snapshot);
            database.release();
        }
    }
}
