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
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which file it is, whatever it is called: its number in the file system and a hash of its first bytes. The number
 * alone would not do: it is given out again, and a truncated file keeps it. Enough first bytes alone do: a copy is the
 * same file, as {@code logrotate} makes one with {@code copytruncate}; every audit event has an id of its own.
 */
final class FileIdentity {
    private static final int HEAD_BYTES = 1024;
    /** So many hold the first event's audit id, which the API server writes among the first 130. */
    private static final int TELLING_BYTES = 256;

    private final String inode;
    private final FileTime modified;
    private int head;
    private String hash;

    private FileIdentity(String inode, FileTime modified, int head, String hash) {
        this.inode = inode;
        this.modified = modified;
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
            BasicFileAttributes before = Files.readAttributes(path, BasicFileAttributes.class);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            boolean handedOver = false;
            try {
                int head = (int) Math.min(HEAD_BYTES, channel.size());
                FileIdentity identity =
                        new FileIdentity(inode(path, before), before.lastModifiedTime(), head, hash(channel, head));
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

    /** Another file in the folder that is the one known: it was renamed or copied; null when there is none. */
    static @Nullable Path findElsewhere(Path path, PositionFile.Position known) throws IOException {
        Path folder = path.getParent();
        if (known.inode().isEmpty() || folder == null || !Files.isDirectory(folder)) {
            return null;
        }
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path sibling : siblings) {
                if (!sibling.equals(path) && (isNumbered(sibling, known) || RotatedFiles.isOne(path, sibling))) {
                    try (Opened opened = open(sibling)) {
                        if (opened.identity().isSame(known, opened.channel())) {
                            return sibling;
                        }
                    }
                }
            }
        }
        return null;
    }

    /** Whether the file at the path has the number of the one known; it may have been truncated, or be another one. */
    static boolean isNumbered(Path path, PositionFile.Position known) throws IOException {
        return Files.exists(path) && inode(path).equals(known.inode());
    }

    /** Whether it is the file of a position, and still as long. */
    boolean isSame(PositionFile.Position known, FileChannel channel) throws IOException {
        return (inode.equals(known.inode()) || known.head() >= TELLING_BYTES)
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

    /** Whether it can be told by its beginning: a first line, or enough of it. Else it may begin in any way yet. */
    boolean isTelling(FileChannel channel) throws IOException {
        if (head >= TELLING_BYTES) {
            return true;
        }
        for (byte each : first(channel, head)) {
            if (each == '\n') {
                return true;
            }
        }
        return false;
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

    /** A place in it, with as much of its beginning as there is by now: it may have been empty when it was opened. */
    PositionFile.Position at(long offset, FileChannel channel) throws IOException {
        stillBegins(channel);
        return new PositionFile.Position(offset, inode, head, hash, modified.to(TimeUnit.NANOSECONDS));
    }

    private static String inode(Path path) throws IOException {
        return inode(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    private static String inode(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return key == null ? path.toString() : key.toString();
    }

    private static String hash(FileChannel channel, int head) throws IOException {
        return digest(first(channel, head));
    }

    private static byte[] first(FileChannel channel, int head) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(head);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            // read on until the beginning is whole, or the file is shorter than it was
        }
        return bytes.array();
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
