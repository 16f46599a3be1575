package io.tidemark.revision.transfer;

import io.tidemark.revision.bolt.BrokenFileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 that stands behind a snapshot. */
final class FileDigest {
    static final int BYTES = 32;

    private static final int BUFFER_BYTES = 1024 * 1024;

    private FileDigest() {}

    /**
     * @param size bytes that it is of, and behind which it stands
     * @throws BrokenFileException when it is that of something else
     */
    static void check(FileChannel file, long size) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (long at = 0; at < size; at += buffer.limit()) {
            read(file, at, buffer.clear().limit((int) Math.min(BUFFER_BYTES, size - at)));
            digest.update(buffer.array(), 0, buffer.limit());
        }
        ByteBuffer told = ByteBuffer.allocate(BYTES);
        read(file, size, told);
        byte[] found = digest.digest();
        if (!MessageDigest.isEqual(found, told.array())) {
            throw new BrokenFileException("its SHA-256 is " + HexFormat.of().formatHex(found) + ", and it says itself "
                    + HexFormat.of().formatHex(told.array()));
        }
    }

    private static void read(FileChannel file, long from, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (file.read(into, from + into.position()) < 0) {
                throw new EOFException("it ends at byte " + (from + into.position()));
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
