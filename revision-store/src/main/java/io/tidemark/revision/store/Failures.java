package io.tidemark.revision.store;

import io.tidemark.revision.store.ImageUnusableException.Reason;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB's failures mean for the image. */
final class Failures {
    private Failures() {}

    /** While reading: a file that cannot be read is as bad as one that was altered. */
    static ImageUnusableException reading(String what, RocksDBException e) {
        return new ImageUnusableException(Reason.DAMAGED, what + ": " + e.getMessage(), e);
    }

    /**
     * While writing. When there is room again on a full disk, RocksDB goes on by itself; after other failures of files it does not.
     * It also fails when it is closed meanwhile, which means nothing.
     */
    static ImageUnusableException writing(String what, RocksDBException e) {
        return code(e) == Status.Code.IOError && !isFull(e)
                ? new ImageUnusableException(Reason.STOPPED, what + ": " + e.getMessage(), e)
                : using(what, e);
    }

    private static boolean isFull(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }

    /** While opening, copying or asking: only what RocksDB calls corruption is the files' fault. */
    static ImageUnusableException using(String what, RocksDBException e) {
        boolean damaged = code(e) == Status.Code.Corruption;
        return new ImageUnusableException(damaged ? Reason.DAMAGED : Reason.DISK, what + ": " + e.getMessage(), e);
    }

    static ImageUnusableException damaged(String what) {
        return new ImageUnusableException(Reason.DAMAGED, what);
    }

    private static Status.@Nullable Code code(RocksDBException e) {
        Status status = e.getStatus();
        return status == null ? null : status.getCode();
    }
}
