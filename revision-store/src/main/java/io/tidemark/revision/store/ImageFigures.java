package io.tidemark.revision.store;

/**
 * How an image is.
 *
 * @param bytesOnDisk of its files
 * @param bytesInUse of what they hold without what was overwritten or removed, as RocksDB estimates it; with what is in
 *     memory still
 * @param bytesInMemory of blocks that were read and of what is not on disk yet
 * @param openViews views that were not closed yet
 * @param removalBacklog revisions that were compacted and not removed yet
 */
public record ImageFigures(long bytesOnDisk, long bytesInUse, long bytesInMemory, int openViews, long removalBacklog) {
    static ImageFigures of(Database database, int openViews, long removalBacklog) {
        return new ImageFigures(
                database.figure("rocksdb.total-sst-files-size"),
                database.figure("rocksdb.estimate-live-data-size")
                        + database.figure("rocksdb.cur-size-active-mem-table"),
                database.cacheBytes(),
                openViews,
                removalBacklog);
    }

    /** Bytes that the keyspace takes: in files, or more when most of it is not in files yet. */
    public long size() {
        return Math.max(bytesOnDisk, bytesInUse);
    }
}
