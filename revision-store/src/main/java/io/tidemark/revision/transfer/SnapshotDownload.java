package io.tidemark.revision.transfer;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.SnapshotRequest;
import io.tidemark.revision.etcd.proto.SnapshotResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Fetches a store's snapshot into a file. Whether all of it came is told by {@link EtcdFile#open}. */
public final class SnapshotDownload {
    private SnapshotDownload() {}

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Progress {
        /** @param left bytes that are still to come */
        void at(long bytes, long left);
    }

    /**
     * Writes a new file, or over one, and comes back when it is on disk.
     *
     * @throws TransferException when it cannot be written
     */
    public static void to(Path path, EtcdClient client, Progress progress)
            throws TransferException, InterruptedException {
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            client.stream(EtcdMethods.SNAPSHOT, SnapshotRequest.getDefaultInstance(), piece -> {
                try {
                    if (failure.get() == null) {
                        write(piece, file);
                        progress.at(file.position(), piece.getRemainingBytes());
                    }
                } catch (IOException e) {
                    failure.set(e);
                }
            });
            IOException failed = failure.get();
            if (failed != null) {
                throw failed;
            }
            file.force(true);
        } catch (IOException e) {
            throw new TransferException(
                    path + " cannot be written: " + e.getMessage(), "make room, or name another place", e);
        }
    }

    private static void write(SnapshotResponse piece, FileChannel file) throws IOException {
        for (ByteBuffer part : piece.getBlob().asReadOnlyByteBufferList()) {
            while (part.hasRemaining()) {
                file.write(part);
            }
        }
    }
}
