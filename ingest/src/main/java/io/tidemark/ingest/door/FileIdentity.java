package io.tidemark.ingest.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which file it is, whatever it is called: its number in the file system and a hash of its first bytes. The number
 * alone would not do: it is given out again, and a truncated file keeps it.
 */
final class FileIdentity {
    private static final int HEAD_BYTES = 256;

    private final String inode;
    private int head;
    private String hash;

    private FileIdentity(String inode, int head, String hash) {
        this.inode = inode;
        this.head = head;
        this.hash = hash;
    }

    /** An open file, and which one it is. */
    record Opened(FileChannel channel, FileIdentity identity) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Opens the file at the path. Java tells a file's number by its path only, and another file may come to it. */
    static Opened open(Path path) throws IOException {
        while (true) {
            String before = inode(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            boolean handedOver = false;
            try {
                int head = (int) Math.min(HEAD_BYTES, channel.size());
                FileIdentity identity = new FileIdentity(before, head, hash(channel, head));
                if (identity.is(path)) {
                    handedOver = true;
                    return new Opened(channel, identity);
                }
            } finally {
                if (!handedOver) {
                    channel.close();
                }
            }
        }
    }

    /** Another file in the folder that is the one known, truncated meanwhile or not, when the one at the path is not. */
    static @Nullable Path findRenamed(Path path, PositionFile.Position known) throws IOException {
        Path folder = path.getParent();
        if (known.inode().isEmpty() || folder == null || !Files.isDirectory(folder)) {
            return null;
        }
        if (Files.exists(path) && inode(path).equals(known.inode())) {
            return null;
        }
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path sibling : siblings) {
                if (!sibling.equals(path) && inode(sibling).equals(known.inode())) {
                    try (Opened opened = open(sibling)) {
                        boolean same = opened.identity().isSame(known, opened.channel());
                        return same || RotatedFiles.isOne(path, sibling) ? sibling : null;
                    }
                }
            }
        }
        return null;
    }

    /** Whether it is the file of a position, and still as long. */
    boolean isSame(PositionFile.Position known, FileChannel channel) throws IOException {
        return inode.equals(known.inode())
                && channel.size() >= known.offset()
                && channel.size() >= known.head()
                && hash(channel, known.head()).equals(known.hash());
    }

    /** Whether the open file begins as it did; more of its beginning is remembered as it grows. */
    boolean stillBegins(FileChannel channel) throws IOException {
        if (channel.size() < head || !hash(channel, head).equals(hash)) {
            return false;
        }
        if (head < HEAD_BYTES && channel.size() > head) {
            head = (int) Math.min(HEAD_BYTES, channel.size());
            hash = hash(channel, head);
        }
        return true;
    }

    /** Whether another file has come to the path; renamed without a new one there, more may still come. */
    boolean isReplacedAt(Path path) throws IOException {
        try {
            return !inode(path).equals(inode);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether it is what the path leads to. */
    boolean is(Path path) throws IOException {
        try {
            return inode(path).equals(inode);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Its beginning, whatever stands there now. */
    PositionFile.Position truncated() {
        return new PositionFile.Position(0, inode, 0, digest(new byte[0]));
    }

    PositionFile.Position at(long offset) {
        return new PositionFile.Position(offset, inode, head, hash);
    }

    private static String inode(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toString() : key.toString();
    }

    private static String hash(FileChannel channel, int head) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(head);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // read on until the beginning is whole, or the file is shorter than it was
        }
        return digest(bytes.array());
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
