package io.tidemark.revision.store;

import io.tidemark.revision.store.ImageUnusableException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The tables in RocksDB. Nothing is written ahead: what is not flushed is gone after a crash, of all tables the same
 * writes, and is applied again from the log. What native code holds is given back when it was closed and the last snapshot
 * is given back too: whoever still reads goes on reading.
 */
final class Database {
    private final DatabaseOptions options;
    private final RocksDB rocks;
    private final Map<Table, ColumnFamilyHandle> handles = new EnumMap<>(Table.class);
    /** Their numbers: each look at a handle is a call into native code. */
    private final Map<Table, Integer> families = new EnumMap<>(Table.class);

    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final Reader now;
    private final Damage damage = new Damage();
    private final AtomicInteger users = new AtomicInteger(1);
    /** Held by who writes a group in parts, and by who copies the files, which must not be of a moment between them. */
    private final ReentrantLock whole = new ReentrantLock();

    private Database(DatabaseOptions options, RocksDB rocks, List<ColumnFamilyHandle> handles) {
        this.options = options;
        this.rocks = rocks;
        for (Table table : Table.values()) {
            ColumnFamilyHandle handle = handles.removeFirst();
            this.handles.put(table, handle);
            families.put(table, handle.getID());
        }
        this.now = new Reader(this, null);
    }

    /** @throws ImageUnusableException when it cannot be opened */
    static Database open(Path folder, ImageSettings settings) {
        RocksDB.loadLibrary();
        DatabaseOptions options = new DatabaseOptions(settings);
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            refuseForeign(folder);
            RocksDB rocks = RocksDB.open(options.database(), folder.toString(), descriptors(options), handles);
            return new Database(options, rocks, handles);
        } catch (RocksDBException e) {
            options.close();
            throw Failures.using("the image in " + folder + " cannot be opened", e);
        } catch (IOException e) {
            options.close();
            throw new ImageUnusableException(Reason.DISK, "no image can be made in " + folder, e);
        }
    }

    /** A newer format may have tables that this one knows nothing of; RocksDB would only say that they are missing. */
    private static void refuseForeign(Path folder) throws RocksDBException {
        if (!Files.exists(folder.resolve("CURRENT"))) {
            return;
        }
        try (Options plain = new Options()) {
            for (byte[] family : RocksDB.listColumnFamilies(plain, folder.toString())) {
                if (Arrays.stream(Table.values()).noneMatch(table -> Arrays.equals(table.family(), family))) {
                    throw new ImageUnusableException(
                            Reason.OTHER_FORMAT,
                            "the image in " + folder + " has a table that is not known here: "
                                    + new String(family, StandardCharsets.UTF_8));
                }
            }
        }
    }

    static List<ColumnFamilyDescriptor> descriptors(DatabaseOptions options) {
        return Arrays.stream(Table.values())
                .map(table -> new ColumnFamilyDescriptor(table.family(), options.family(table)))
                .toList();
    }

    Damage damage() {
        return damage;
    }

    RocksDB rocks() {
        return rocks;
    }

    ColumnFamilyHandle handle(Table table) {
        ColumnFamilyHandle handle = handles.get(table);
        if (handle == null) {
            throw new IllegalStateException("no such table was opened: " + table);
        }
        return handle;
    }

    /** The number by which a batch names a table. */
    int family(Table table) {
        return Objects.requireNonNull(families.get(table));
    }

    /** Reads what is newest; for threads that know that nobody writes what they read. */
    Reader now() {
        return now;
    }

    /** Reads what is newest now, whatever is written later; to be closed. */
    Reader snapshot() {
        hold();
        return new Reader(this, rocks.getSnapshot());
    }

    /** Writes all of it or nothing. Safe for use by several threads. */
    void write(Batch batch) {
        try (WriteBatch writes = new WriteBatch(batch.toBytes())) {
            rocks.write(unlogged, writes);
        } catch (RocksDBException e) {
            throw damage.noted(Failures.writing("the image cannot be written", e));
        }
    }

    /** What is written from now on by this thread belongs together, until {@link #endParts}. May be called again. */
    void beginParts() {
        if (!whole.isHeldByCurrentThread()) {
            whole.lock();
        }
    }

    /** Whether or not parts were begun. */
    void endParts() {
        if (whole.isHeldByCurrentThread()) {
            whole.unlock();
        }
    }

    /** Comes back when everything that was written is on disk. */
    void flush() {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            rocks.flush(waiting, List.copyOf(handles.values()));
        } catch (RocksDBException e) {
            throw damage.noted(Failures.writing("the image cannot be flushed", e));
        }
    }

    /** Flushes, and puts the files as they are then into a folder that is not there yet: links, which take no room. */
    void copy(Path folder) {
        whole.lock();
        try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
            checkpoint.createCheckpoint(folder.toString());
        } catch (RocksDBException e) {
            throw damage.noted(Failures.using("the image cannot be copied to " + folder, e));
        } finally {
            whole.unlock();
        }
    }

    /** Merges all files, which gives back the room of what was overwritten and deleted. Readers and writers go on. */
    void mergeFiles() {
        try (CompactRangeOptions all = new CompactRangeOptions()
                .setBottommostLevelCompaction(CompactRangeOptions.BottommostLevelCompaction.kForce)) {
            for (ColumnFamilyHandle handle : handles.values()) {
                rocks.compactRange(handle, null, null, all);
            }
        } catch (RocksDBException e) {
            throw damage.noted(Failures.writing("the files of the image cannot be merged", e));
        }
    }

    /** One of RocksDB's figures, of all tables together. */
    long figure(String property) {
        try {
            return rocks.getAggregatedLongProperty(property);
        } catch (RocksDBException e) {
            throw Failures.using("RocksDB does not tell " + property, e);
        }
    }

    long cacheBytes() {
        return options.cacheBytes();
    }

    /** No one opens snapshots any more. */
    void close() {
        release();
    }

    /** It stays open until as often {@link #release} was called; only while it is open. */
    void hold() {
        users.incrementAndGet();
    }

    void release() {
        if (users.decrementAndGet() == 0) {
            now.close();
            rocks.cancelAllBackgroundWork(true);
            handles.values().forEach(ColumnFamilyHandle::close);
            rocks.close();
            unlogged.close();
            options.close();
        }
    }
}
