package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.transfer.SnapshotDownload;
import io.tidemark.revision.transfer.TransferException;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A snapshot that is wanted for as long as a command takes; only its owner may read it. */
record FetchedSnapshot(Path file) implements AutoCloseable {
    /** @param folder null for the system's temporary one */
    static FetchedSnapshot of(SourceOptions source, @Nullable Path folder, PrintWriter err)
            throws TransferException, InterruptedException {
        FetchedSnapshot fetched = new FetchedSnapshot(place(folder));
        try (EtcdClient client = source.connect();
                ProgressLine progress = ProgressLine.onTerminal(err)) {
            SnapshotDownload.to(fetched.file, client, progress);
            return fetched;
        } catch (TransferException | InterruptedException | RuntimeException e) {
            fetched.close();
            throw e;
        }
    }

    private static Path place(@Nullable Path folder) {
        try {
            return folder == null
                    ? Files.createTempFile("tidemark-", ".db")
                    : Files.createTempFile(folder, "tidemark-", ".db");
        } catch (IOException e) {
            throw new CommandFailure(
                    Kind.FAILED, "no file can be made in " + folder + ": " + e.getMessage(), "name another with --dir");
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailure(Kind.FAILED, file + " cannot be deleted: " + e.getMessage());
        }
    }
}
