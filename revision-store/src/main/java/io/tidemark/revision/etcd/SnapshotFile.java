package io.tidemark.revision.etcd;

import io.tidemark.revision.snapshot.SnapshotWriter;
import io.tidemark.revision.store.View;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A snapshot on its way to a client: a file without a name, which is gone when it is closed or the process ends. */
final class SnapshotFile implements AutoCloseable {
    /** The file's system must not be filled up: the log may live there, too. */
    private static final long ROOM_LEFT_BYTES = 256L * 1024 * 1024;

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Set<StandardOpenOption> OPTIONS = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);

    private final FileChannel channel;
    private final MessageDigest digest;
    private long left;

    private SnapshotFile(FileChannel channel) {
        this.channel = channel;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Makes it of a view.
     *
     * @param wanted whether somebody still waits for it
     * @throws IOException when nobody does, or there is no room
     */
    static SnapshotFile of(View view, BooleanSupplier wanted) throws IOException {
        Path path = view.folder().resolve("snapshot-" + UUID.randomUUID());
        SnapshotFile file = new SnapshotFile(FileChannel.open(path, OPTIONS));
        try {
            file.fill(view, new Guarded(file.channel, Files.getFileStore(view.folder()), wanted));
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void fill(View view, OutputStream out) throws IOException {
        channel.position(SnapshotWriter.HEAD_BYTES);
        try (OutputStream rest = new BufferedOutputStream(out, BUFFER_BYTES)) {
            ByteBuffer head = ByteBuffer.wrap(SnapshotWriter.write(view, rest));
            rest.flush();
            for (long at = 0; head.hasRemaining(); ) {
                at += channel.write(head, at);
            }
        }
        channel.position(0);
        left = channel.size();
    }

    /** Bytes that were not read yet. */
    long left() {
        return left;
    }

    /** The next bytes, so many unless fewer are left. */
    byte[] next(int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, left)];
        ByteBuffer to = ByteBuffer.wrap(bytes);
        while (to.hasRemaining()) {
            if (channel.read(to) < 0) {
                throw new IOException("the snapshot's file became shorter");
            }
        }
        left -= bytes.length;
        digest.update(bytes);
        return bytes;
    }

    /** Of all that was read. */
    byte[] sha256() {
        return digest.digest();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Stops when that makes sense, and does not close the file. */
    private static final class Guarded extends FilterOutputStream {
        private final FileStore disk;
        private final BooleanSupplier wanted;

        Guarded(FileChannel channel, FileStore disk, BooleanSupplier wanted) {
            super(Channels.newOutputStream(channel));
            this.disk = disk;
            this.wanted = wanted;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (!wanted.getAsBoolean()) {
                throw new IOException("nobody waits for the snapshot");
            }
            if (disk.getUsableSpace() < ROOM_LEFT_BYTES) {
                throw new IOException("no room for the snapshot on " + disk + ": less than " + ROOM_LEFT_BYTES
                        + " bytes would be left");
            }
            out.write(bytes, from, length);
        }

        @Override
        public void close() {
            // the file is still to be read
        }
    }
}
