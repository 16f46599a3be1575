package io.tidemark.ingest.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A stretch of a byte array, not copied: the array must not change while the slice is in use.
 *
 * @param array the array
 * @param offset where the stretch begins
 * @param length its length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // a view by design; equality is by content, below
public record ByteSlice(byte[] array, int offset, int length) {
    public ByteSlice {
        Objects.checkFromIndexSize(offset, length, array.length);
    }

    public static ByteSlice of(byte[] whole) {
        return new ByteSlice(whole, 0, whole.length);
    }

    /** The stretch between two places of this one. */
    public ByteSlice slice(int from, int to) {
        return new ByteSlice(array, offset + from, to - from);
    }

    public ByteBuffer toBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice();
    }

    public byte[] toBytes() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteSlice slice
                && Arrays.equals(
                        array, offset, offset + length, slice.array, slice.offset, slice.offset + slice.length);
    }

    @Override
    public int hashCode() {
        return toBuffer().hashCode();
    }

    @Override
    public String toString() {
        return "ByteSlice[" + length + " bytes at " + offset + "]";
    }
}
