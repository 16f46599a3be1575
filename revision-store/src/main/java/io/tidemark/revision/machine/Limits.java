package io.tidemark.revision.machine;

/**
 * Bounds of requests, and of all that is stored.
 *
 * @param txnOps most conditions, and most operations in a branch, of a transaction with all that is nested in it
 * @param leaseTtlLeast seconds; shorter leases are granted for so long
 * @param leaseTtlMost seconds
 * @param quota bytes that the store may take; what would make it larger is refused
 */
public record Limits(int txnOps, long leaseTtlLeast, long leaseTtlMost, long quota) {
    /** As etcd has them by default. */
    public static final Limits ETCD = new Limits(128, 2, 9_000_000_000L, 2L * 1024 * 1024 * 1024);

    public Limits withQuota(long bytes) {
        return new Limits(txnOps, leaseTtlLeast, leaseTtlMost, bytes);
    }
}
