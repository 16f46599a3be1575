package io.tidemark.revision.machine;

/**
 * Bounds of requests.
 *
 * @param txnOps most conditions, and most operations in a branch, of a transaction with all that is nested in it
 * @param leaseTtlLeast seconds; shorter leases are granted for so long
 * @param leaseTtlMost seconds
 */
public record Limits(int txnOps, long leaseTtlLeast, long leaseTtlMost) {
    /** As etcd has them by default. */
    public static final Limits ETCD = new Limits(128, 2, 9_000_000_000L);
}
