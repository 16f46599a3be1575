package io.tidemark.topic;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/**
 * Avro binary into one array that grows and is used again. Avro's own encoders write through a buffer into a stream, and copy
 * fields of type bytes once more on the way; those are most of what is written here.
 */
final class ArrayEncoder extends BinaryEncoder {
    private static final int FIRST_BYTES = 1024;
    /** A larger array than this is not kept for the next record. */
    private static final int KEPT_BYTES = 1 << 20;

    private static final int MOST_BYTES_OF_A_NUMBER = 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /** Forgets what was written. */
    void begin() {
        size = 0;
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }

    /** What was written since the beginning, in an array of its own. */
    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /** What was written since the beginning; good until something else is. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        reserve(1);
        size += BinaryData.encodeBoolean(value, bytes, size);
    }

    @Override
    public void writeInt(int value) {
        reserve(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeInt(value, bytes, size);
    }

    @Override
    public void writeLong(long value) {
        reserve(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeLong(value, bytes, size);
    }

    @Override
    public void writeFloat(float value) {
        reserve(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeFloat(value, bytes, size);
    }

    @Override
    public void writeDouble(double value) {
        reserve(MOST_BYTES_OF_A_NUMBER);
        size += BinaryData.encodeDouble(value, bytes, size);
    }

    @Override
    public void writeFixed(byte[] value, int start, int length) {
        reserve(length);
        System.arraycopy(value, start, bytes, size, length);
        size += length;
    }

    @Override
    public void writeFixed(ByteBuffer value) {
        int length = value.remaining();
        reserve(length);
        value.get(value.position(), bytes, size, length);
        size += length;
    }

    @Override
    protected void writeZero() {
        reserve(1);
        bytes[size++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return 0;
    }

    @Override
    public void flush() {
        // everything is where it belongs
    }
}
