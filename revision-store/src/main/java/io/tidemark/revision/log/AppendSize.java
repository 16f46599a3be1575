package io.tidemark.revision.log;

import io.tidemark.topic.Topics;
import java.util.List;

/**
 * How much one append takes. A value alone may be as large as the topic's largest batch allows, which is what a transaction
 * of a request of 1.5 MiB needs, or one that deletes some 200,000 keys at once; several values stay well below, since they
 * travel together and a buffer is kept for them.
 *
 * <p>Whoever decides transactions refuses one whose value is too large before it is appended; every log refuses it again.
 */
public final class AppendSize {
    /** What a record takes in the log besides its value, bytes, at most; so much is counted for each. */
    public static final int RECORD_BYTES = 128;

    /** What a batch takes besides its records, bytes, at most. */
    private static final int BATCH_BYTES = 128;

    /** Largest value, bytes. */
    public static final int VALUE_BYTES_MAX = Topics.KV_BATCH_BYTES_MAX - BATCH_BYTES - RECORD_BYTES;

    /** Most bytes of several values together, each counted with {@link #RECORD_BYTES}. */
    public static final int GROUP_BYTES_MAX = 4 * 1024 * 1024;

    private AppendSize() {}

    /** The bytes of a value as they count in a group. */
    public static long of(byte[] value) {
        return (long) value.length + RECORD_BYTES;
    }

    /**
     * Lets pass what every log takes.
     *
     * @throws AppendRefusedException when it is too much
     */
    public static void check(List<byte[]> values) throws AppendRefusedException {
        if (values.isEmpty() || values.stream().anyMatch(value -> value.length == 0)) {
            throw new IllegalArgumentException("nothing to append, or an empty value");
        }
        long sum = values.stream().mapToLong(AppendSize::of).sum();
        if (values.size() == 1 && sum > VALUE_BYTES_MAX + (long) RECORD_BYTES) {
            throw new AppendRefusedException(
                    "a record of " + values.getFirst().length + " bytes, at most " + VALUE_BYTES_MAX + " are possible");
        }
        if (values.size() > 1 && sum > GROUP_BYTES_MAX) {
            throw new AppendRefusedException(values.size() + " records of " + sum + " bytes together, at most "
                    + GROUP_BYTES_MAX + " are possible");
        }
    }
}
