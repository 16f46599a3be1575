package io.tidemark.deploy;

import io.tidemark.deploy.StartFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything one platform keeps on disk, owned by one process at a time.
 *
 * <pre>
 *   lock      held while a process uses the folder; holds its pid
 *   layout    number of this layout
 *   kafka/    log of the embedded broker          flink/  checkpoints of the correlator
 *   index/    span store, made again from the log logs/   output of child processes
 *   doors/    the redaction key and how far files have been read
 *   samples/  how far each bundled sample was fed                keyspaces/ images of keyspaces, made again from the log
 * </pre>
 *
 * The lock is the operating system's: it ends with its process, also after kill -9. Opening fails with a
 * {@link StartFailure} when another process holds the folder, when a newer Tidemark wrote it, when it cannot be written,
 * and when the disk has less than the wanted space.
 */
public final class DataFolder implements AutoCloseable {
    /** Raised when an older Tidemark could no longer read what this one writes. */
    static final int LAYOUT = 1;

    private static final List<String> PARTS =
            List.of("kafka", "flink", "index", "doors", "logs", "samples", "keyspaces");

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /** Takes the folder, making it when it is not there. */
    public static DataFolder open(Path folder, long neededBytes) {
        Path root = folder.toAbsolutePath().normalize();
        FileChannel lockFile = null;
        try {
            Files.createDirectories(root);
            lockFile = lock(root);
            requireSpace(root, neededBytes);
            checkLayout(root);
            for (String part : PARTS) {
                Files.createDirectories(root.resolve(part));
            }
            DataFolder opened = new DataFolder(root, lockFile);
            lockFile = null;
            return opened;
        } catch (IOException e) {
            throw unusable(root, e);
        } finally {
            release(lockFile);
        }
    }

    public Path root() {
        return root;
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path flink() {
        return root.resolve("flink");
    }

    /** The image of a keyspace; made again from Kafka's log when it is deleted. */
    public Path keyspace(String name) {
        return root.resolve("keyspaces").resolve(name);
    }

    public Path index() {
        return root.resolve("index");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    /** The redaction key and how far files have been read: not to be deleted. */
    public Path doors() {
        return root.resolve("doors");
    }

    public Path samples() {
        return root.resolve("samples");
    }

    @Override
    public void close() {
        release(lockFile);
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            // told below, like any other holder
        }
        if (lock == null) {
            String holder = holder(channel);
            channel.close();
            throw new StartFailure(
                    Kind.FOLDER_IN_USE,
                    "the data folder " + root + " is in use by " + holder,
                    "stop that process, or give this one its own folder with --data-dir");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    private static void requireSpace(Path root, long neededBytes) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < neededBytes) {
            throw StartFailure.diskFull(root, free, neededBytes);
        }
    }

    private static void checkLayout(Path root) throws IOException {
        Path file = root.resolve("layout");
        if (!Files.exists(file)) {
            Path next = root.resolve("layout.new");
            Files.writeString(next, Integer.toString(LAYOUT));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        String text = Files.readString(file).strip();
        int found;
        try {
            found = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StartFailure(
                    Kind.FOLDER_CORRUPT,
                    "the data folder " + root + " is corrupt: its file `layout` should hold a number",
                    "restore the folder from a backup, or start on a new one with --data-dir",
                    e);
        }
        if (found > LAYOUT) {
            throw new StartFailure(
                    Kind.FOLDER_NEWER,
                    "the data folder " + root + " was written by a newer Tidemark (layout " + found
                            + ", this one knows up to " + LAYOUT + ")",
                    "use that newer Tidemark, or start on a new folder with --data-dir");
        }
    }

    private static StartFailure unusable(Path root, IOException cause) {
        return new StartFailure(
                Kind.FOLDER_UNUSABLE,
                "the data folder " + root + " cannot be used: " + reason(cause),
                "check that it is a folder this user may write to, or choose another one with --data-dir",
                cause);
    }

    /** Most of these exceptions say only the path. */
    private static String reason(IOException cause) {
        return switch (cause) {
            case FileAlreadyExistsException e -> e.getFile() + " is a file";
            case AccessDeniedException e -> "no permission for " + e.getFile();
            case NoSuchFileException e -> e.getFile() + " cannot be made";
            case FileSystemException e -> (e.getReason() == null ? "" : e.getReason() + ": ") + e.getFile();
            default -> cause.toString();
        };
    }

    private static void release(@Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("the lock of a data folder cannot be released", e);
        }
    }
}
