package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.ByteSlice;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into lines, holding at most one line of the limit. Belongs to one thread. */
final class LineReader {
    /**
     * One line, without its line break.
     *
     * @param text its bytes; of a line that is too long, only its beginning
     * @param number from 1
     * @param sizeBytes its whole size
     * @param end offset in the stream behind its line break
     */
    record Line(ByteSlice text, long number, long sizeBytes, long end) {
        boolean isBlank() {
            return sizeBytes == 0;
        }

        boolean isCut() {
            return sizeBytes > text.length();
        }
    }

    private static final int READ_BYTES = 256 * 1024;

    private final InputStream in;
    private final int limitBytes;
    private final byte[] chunk = new byte[READ_BYTES];
    private int at;
    private int filled;
    private byte[] line = new byte[8 * 1024];
    private int lineLength;
    private long lineBytes;
    private long number;
    private long offset;

    /**
     * Reads from where the stream stands.
     *
     * @param offset what that place is called
     * @param number lines before it
     */
    LineReader(InputStream in, int limitBytes, long offset, long number) {
        this.in = in;
        this.limitBytes = limitBytes;
        this.offset = offset;
        this.number = number;
    }

    /** The next whole line; null when the stream has no more for now: a part of a line is kept until the rest comes. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            for (int i = at; i < filled; i++) {
                if (chunk[i] == '\n') {
                    take(i - at);
                    at++;
                    offset++;
                    return finish();
                }
            }
            take(filled - at);
            int got = in.read(chunk);
            at = 0;
            filled = Math.max(got, 0);
            if (got < 0) {
                return null;
            }
        }
    }

    /** What stands behind the last line break, when no more will come; null when there is nothing. */
    @Nullable
    Line rest() {
        return lineBytes == 0 ? null : finish();
    }

    private void take(int count) {
        int kept = (int) Math.min(count, (long) limitBytes - lineLength);
        if (lineLength + kept > line.length) {
            line = Arrays.copyOf(line, Math.min(limitBytes, Math.max(lineLength + kept, line.length * 2)));
        }
        System.arraycopy(chunk, at, line, lineLength, kept);
        lineLength += kept;
        lineBytes += count;
        offset += count;
        at += count;
    }

    private Line finish() {
        int length =
                lineLength > 0 && line[lineLength - 1] == '\r' && lineBytes == lineLength ? lineLength - 1 : lineLength;
        long size = lineBytes == lineLength ? length : lineBytes;
        Line done = new Line(ByteSlice.of(Arrays.copyOf(line, length)), ++number, size, offset);
        lineLength = 0;
        lineBytes = 0;
        return done;
    }
}
