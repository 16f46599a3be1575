package io.tidemark.revision.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.WriteBufferManager;

/** How RocksDB is set. Blocks are checked against their checksums whenever they are read, which is its default. */
final class DatabaseOptions implements AutoCloseable {
    private static final int BLOCK_BYTES = 16 << 10;
    private static final int FILTER_BITS_PER_KEY = 10;
    private static final int LOG_FILES = 2;
    private static final int LOG_BYTES = 1 << 20;
    /** Small, as all tables together are bounded, and most of them hold little. */
    private static final int ARENA_BYTES = 64 << 10;

    /** Of a table: the writer does not wait while one is written out; their bytes are bounded all the same. */
    private static final int BUFFERS = 4;

    private final List<RocksObject> held = new ArrayList<>();
    private final Map<Table, ColumnFamilyOptions> families = new EnumMap<>(Table.class);
    private final Cache cache;
    private final DBOptions database;

    DatabaseOptions(ImageSettings settings) {
        cache = hold(new LRUCache(settings.cacheBytes() + settings.writeBufferBytes()));
        BloomFilter filter = hold(new BloomFilter(FILTER_BITS_PER_KEY));
        for (Table table : Table.values()) {
            BlockBasedTableConfig files = new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setBlockSize(BLOCK_BYTES)
                    .setCacheIndexAndFilterBlocks(true)
                    .setCacheIndexAndFilterBlocksWithHighPriority(true)
                    .setPinL0FilterAndIndexBlocksInCache(true);
            if (table.isLookedUp()) {
                files.setFilterPolicy(filter);
            }
            families.put(
                    table,
                    hold(new ColumnFamilyOptions())
                            .setTableFormatConfig(files)
                            .setWriteBufferSize(settings.writeBufferBytes())
                            .setArenaBlockSize(ARENA_BYTES)
                            .setMaxWriteBufferNumber(BUFFERS)
                            .setCompressionType(CompressionType.LZ4_COMPRESSION));
        }
        // bounds the buffers of all tables together, and counts them as part of the cache
        WriteBufferManager buffers = hold(new WriteBufferManager(settings.writeBufferBytes(), cache));
        database = hold(new DBOptions())
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // without it each table would come back from a crash with other writes
                .setAtomicFlush(true)
                .setWriteBufferManager(buffers)
                .setMaxBackgroundJobs(settings.backgroundThreads())
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(LOG_FILES)
                .setMaxLogFileSize(LOG_BYTES)
                .setStatsDumpPeriodSec(0);
    }

    private <T extends RocksObject> T hold(T object) {
        held.add(object);
        return object;
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family(Table table) {
        ColumnFamilyOptions options = families.get(table);
        if (options == null) {
            throw new IllegalStateException("no options for " + table);
        }
        return options;
    }

    long cacheBytes() {
        return cache.getUsage();
    }

    @Override
    public void close() {
        held.reversed().forEach(RocksObject::close);
    }
}
