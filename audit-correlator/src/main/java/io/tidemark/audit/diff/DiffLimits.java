package io.tidemark.audit.diff;

/**
 * Bounds on what a diff reports; nothing disappears unsaid: see {@link FieldChange} and {@link Changes#omitted()}.
 *
 * @param valueBytes longest JSON text of one side of a change, in bytes of UTF-8; longer ones are cut. At least 2048
 * @param changes most changes of one diff, at least 1; further ones are only counted
 */
public record DiffLimits(int valueBytes, int changes) {
    /** 4 KiB per value, 256 changes. */
    public static final DiffLimits DEFAULT = new DiffLimits(4096, 256);

    /** Refuses bounds that are out of range. */
    public DiffLimits {
        if (valueBytes < 2048) {
            throw new IllegalArgumentException("valueBytes must be at least 2048: " + valueBytes);
        }
        if (changes < 1) {
            throw new IllegalArgumentException("changes must be at least 1: " + changes);
        }
    }
}
