package io.tidemark.revision.machine;

/**
 * Bounds of requests, and of all that is stored.
 *
 * @param txnOps most conditions, and most operations in a branch, of a transaction with all that is nested in it
 * @param leaseTtlLeast seconds; shorter leases are granted for so long
 * @param leaseTtlMost seconds
 * @param quota bytes that the store may take; what would make it larger is refused
 * @param deletes most keys that a transaction deletes, which all stand in memory until it is applied. etcd has no such bound
 */
public record Limits(int txnOps, long leaseTtlLeast, long leaseTtlMost, long quota, int deletes) {
    /** A record of the log, which is the bound after this one, holds some 200,000 keys. */
    private static final int DELETES = 250_000;

    /** As etcd has them by default. */
    public static final Limits ETCD = new Limits(128, 2, 9_000_000_000L, 2L * 1024 * 1024 * 1024, DELETES);

    public Limits withQuota(long bytes) {
        return new Limits(txnOps, leaseTtlLeast, leaseTtlMost, bytes, deletes);
    }
}
