package io.tidemark.ingest.door;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How far files and uploads are durable, kept in one small file that is replaced as a whole. Thread-safe. */
final class PositionFile {
    /**
     * How far one file is durable.
     *
     * @param offset bytes of it that are durable
     * @param inode its number in the file system; empty for uploads
     * @param head number of its first bytes that the hash is of
     * @param hash hash of its first bytes; empty for uploads
     * @param modifiedNanos when it had been written to last as it was opened, since 1970; what was renamed before it is
     *     older. 0 for uploads
     */
    record Position(long offset, String inode, int head, String hash, long modifiedNanos) {
        /** Nothing was read, and what was written to from that moment on is still to be read. */
        static Position nothingSince(long modifiedNanos) {
            return new Position(0, "", 0, "", modifiedNanos);
        }
    }

    private static final TypeReference<LinkedHashMap<String, Position>> TYPE = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final int most;
    private final LinkedHashMap<String, Position> positions;

    /**
     * Opens, or begins with none.
     *
     * @param most positions kept; the longest unchanged one gives way
     */
    PositionFile(Path file, int most) {
        this.file = file;
        this.most = most;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.positions = Files.exists(file) ? JSON.readValue(file.toFile(), TYPE) : new LinkedHashMap<>();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + " cannot be read; delete it to read the files from their beginning", e);
        }
    }

    synchronized @Nullable Position get(String name) {
        return positions.get(name);
    }

    /** Now, by the clock that files are marked with, which is behind the machine's by a few milliseconds; since 1970. */
    long nowNanos() throws IOException {
        Path marked = Files.createTempFile(file.toAbsolutePath().getParent(), "now", "");
        try {
            return Files.getLastModifiedTime(marked).to(TimeUnit.NANOSECONDS);
        } finally {
            Files.delete(marked);
        }
    }

    /** Keeps a position; it is on disk when this returns. */
    synchronized void put(String name, Position position) {
        positions.remove(name);
        positions.put(name, position);
        while (positions.size() > most) {
            positions.remove(positions.firstEntry().getKey());
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(positions));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
