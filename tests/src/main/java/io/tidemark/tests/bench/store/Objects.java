package io.tidemark.tests.bench.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Keys as kube-apiserver makes them and values that do not compress, by number; and as of which revision each of them is.
 * Used on one thread.
 */
final class Objects {
    private static final int POOL_BYTES = 1 << 20;
    private static final int NAMESPACES = 100;
    private static final ByteString POOL = pool();

    private final String prefix;
    private final int valueBytes;
    private long[] revisions = new long[1_024];
    private int created;

    /** @param kind the part of the keys that tells them from others */
    Objects(String kind, int valueBytes) {
        this.prefix = "/registry/" + kind + "/";
        this.valueBytes = valueBytes;
    }

    private static ByteString pool() {
        byte[] bytes = new byte[POOL_BYTES];
        new Random(42).nextBytes(bytes);
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    /** The number of an object that is not there yet. */
    int create() {
        return created++;
    }

    int created() {
        return created;
    }

    ByteString key(int number) {
        String hash = Integer.toHexString(number * 0x9E3779B1); // spreads neighbours, as names of pods do
        String key = String.format(
                Locale.ROOT, "%snamespace-%02d/checkout-7d4f9c6b8-%s-%07d", prefix, number % NAMESPACES, hash, number);
        return ByteString.copyFrom(key, StandardCharsets.US_ASCII);
    }

    /** Another one at each moment. */
    ByteString value(long moment) {
        int from = (int) Math.floorMod(moment * 7_919, (long) POOL_BYTES - valueBytes);
        return POOL.substring(from, from + valueBytes);
    }

    ByteString first() {
        return ByteString.copyFrom(prefix, StandardCharsets.US_ASCII);
    }

    ByteString end() {
        return ByteString.copyFrom(
                prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1), StandardCharsets.US_ASCII);
    }

    int valueBytes() {
        return valueBytes;
    }

    long revision(int number) {
        return number < revisions.length ? revisions[number] : 0;
    }

    /** The revision that the first of them came with: they are created several at a time, in no order. */
    long firstRevision() {
        return Arrays.stream(revisions, 0, created).min().orElseThrow();
    }

    void written(int number, long revision) {
        if (number >= revisions.length) {
            revisions = Arrays.copyOf(revisions, Math.max(number + 1, revisions.length * 2));
        }
        revisions[number] = revision;
    }
}
