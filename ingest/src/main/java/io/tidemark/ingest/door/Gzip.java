package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.ByteSlice;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Unpacks whole gzip bodies within a bound. */
final class Gzip {
    private static final int READ_BYTES = 64 * 1024;

    private Gzip() {}

    /**
     * Unpacks.
     *
     * @throws TooLargeException when there are more than {@code limitBytes} in it
     * @throws BrokenException when it is no gzip, or stops before its end
     */
    static ByteSlice unpack(ByteSlice packed, int limitBytes) throws TooLargeException, BrokenException {
        ByteArrayInputStream in = new ByteArrayInputStream(packed.array(), packed.offset(), packed.length());
        try (GZIPInputStream gzip = new GZIPInputStream(in, READ_BYTES)) {
            byte[] bytes = new byte[Math.clamp(packed.length() * 8L, 1024, limitBytes)];
            int length = 0;
            while (true) {
                int got = gzip.read(bytes, length, bytes.length - length);
                if (got < 0) {
                    return new ByteSlice(bytes, 0, length);
                }
                length += got;
                if (length == bytes.length) {
                    if (length == limitBytes) {
                        requireEnd(gzip, limitBytes);
                        return new ByteSlice(bytes, 0, length);
                    }
                    bytes = Arrays.copyOf(bytes, (int) Math.min(limitBytes, length * 2L));
                }
            }
        } catch (EOFException e) {
            throw new BrokenException("the gzip stream stops before its end: it was cut short");
        } catch (IOException e) {
            throw new BrokenException("the body is not a gzip stream, though Content-Encoding says so, or is damaged");
        }
    }

    private static void requireEnd(GZIPInputStream gzip, int limitBytes) throws IOException, TooLargeException {
        if (gzip.read() >= 0) {
            throw new TooLargeException(limitBytes);
        }
    }

    /** More in it than the limit. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        final int limitBytes;

        TooLargeException(int limitBytes) {
            super("more than " + limitBytes + " bytes unpacked", null, false, false);
            this.limitBytes = limitBytes;
        }
    }

    /** No gzip. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message, null, false, false);
        }
    }
}
