package io.tidemark.revision.store;

import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Files of an image that nobody has open.
 *
 * @param position up to where the log is in them
 * @param revision of the keyspace there
 * @param format of the image; {@link #FORMAT} alone can be read here
 */
public record ImageCopy(Path folder, Position position, long revision, long format) {
    /** The format that images have here. */
    public static final long FORMAT = Meta.FORMAT_OF_THIS;

    private static final long SMALL = 1 << 20;
    private static final ImageSettings READING = new ImageSettings(SMALL, SMALL, 1, 1, 1);
    /** RocksDB's diary, and the name of who holds the folder. */
    private static final List<String> NOT_OF_THE_IMAGE = List.of("LOG", "LOCK");

    /**
     * Reads what a folder has, and all blocks of its files against their checksums.
     *
     * @throws ImageUnusableException when one of them is not what was written
     */
    public static ImageCopy of(Path folder) {
        RocksDB.loadLibrary();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DatabaseOptions options = new DatabaseOptions(READING);
                RocksDB rocks = RocksDB.openReadOnly(
                        options.database(), folder.toString(), Database.descriptors(options), handles)) {
            try {
                rocks.verifyChecksum();
                return of(folder, rocks);
            } finally {
                handles.forEach(ColumnFamilyHandle::close);
            }
        } catch (RocksDBException e) {
            throw Failures.using("the copy of the image in " + folder + " cannot be read", e);
        }
    }

    private static ImageCopy of(Path folder, RocksDB rocks) throws RocksDBException {
        byte[] format = rocks.get(Meta.FORMAT);
        byte[] stored = rocks.get(Meta.STATE);
        if (format == null || stored == null) {
            throw Failures.damaged(
                    "the copy of the image in " + folder + " has no " + (format == null ? "format" : "state"));
        }
        if (rocks.get(Meta.UNFINISHED) != null) {
            throw Failures.damaged("the copy of the image in " + folder + " was taken while a group was written to it");
        }
        State state = State.decode(stored, Alarms.NONE, Auth.NONE);
        return new ImageCopy(folder, state.position(), state.revision(), Meta.decode(format));
    }

    /** What the image is made of, in the order of their names. */
    public List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> NOT_OF_THE_IMAGE.stream()
                            .noneMatch(file.getFileName().toString()::startsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of the image in " + folder + " cannot be listed", e);
        }
    }

    /** Whether a folder has an image in it, of whatever kind. */
    public static boolean isIn(Path folder) {
        return Files.exists(folder.resolve("CURRENT"));
    }
}
