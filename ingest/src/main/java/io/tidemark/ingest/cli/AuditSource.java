package io.tidemark.ingest.cli;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** The unpacked text of one audit log file, or of the standard input, and how much of it was read. */
final class AuditSource implements AutoCloseable {
    /** The standard input, as an argument. */
    static final String STANDARD_INPUT = "-";

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int NAMED_BYTES = 4096;

    private final Counted packed;
    private final InputStream text;
    private final long sizeBytes;
    private volatile boolean cutShort;

    private AuditSource(InputStream raw, long sizeBytes) throws IOException {
        this.packed = new Counted(raw);
        this.sizeBytes = sizeBytes;
        PushbackInputStream in = new PushbackInputStream(packed, 2);
        byte[] head = in.readNBytes(2);
        in.unread(head);
        boolean gzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
        this.text = new Tolerant(gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in);
    }

    static AuditSource open(String file) throws IOException {
        return file.equals(STANDARD_INPUT)
                ? new AuditSource(System.in, 0)
                : new AuditSource(Files.newInputStream(Path.of(file)), Files.size(Path.of(file)));
    }

    /** The name under which the server remembers the file: it holds a hash of the beginning, other files differ. */
    static String nameOf(String file) throws IOException {
        try (AuditSource source = open(file)) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(source.text.readNBytes(NAMED_BYTES));
            return Path.of(file).getFileName() + "-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    InputStream text() {
        return text;
    }

    /** Goes forward in the text; returns the number of line breaks passed. */
    long skip(long bytes) throws IOException {
        long lines = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long left = bytes; left > 0; ) {
            int got = text.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (got < 0) {
                throw new IOException("the server has taken more of this file than there is: was it cut? See --again");
            }
            for (int i = 0; i < got; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
            left -= got;
        }
        return lines;
    }

    /** How much of the file was read, from 0 to 1; below 0 when nobody knows. */
    double share() {
        return sizeBytes == 0 ? -1 : (double) packed.count / sizeBytes;
    }

    long readBytes() {
        return packed.count;
    }

    /** Whether a gzip file stopped before its end. */
    boolean isCutShort() {
        return cutShort;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    /** Ends where gzip was cut short, and remembers that it did. */
    private final class Tolerant extends FilterInputStream {
        Tolerant(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (EOFException e) {
                cutShort = true;
                return -1;
            }
        }
    }

    private static final class Counted extends FilterInputStream {
        private volatile long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads the file, others only look at the count
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, length);
            count += Math.max(got, 0);
            return got;
        }
    }
}
