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

    /** While opening or writing: only what RocksDB calls corruption is the files' fault. */
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
