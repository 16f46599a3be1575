package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.transfer.EtcdFile;
import io.tidemark.revision.transfer.KeyspaceRestore;
import io.tidemark.revision.transfer.TransferException;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fills a keyspace from etcd's file of another one, and says what it did. */
final class Restoring {
    private Restoring() {}

    /**
     * What to restore.
     *
     * @param path where the file is
     * @param name what it is, to be named
     * @param revision as it was at this one; 0 for the last one, or when there is a time
     * @param time as it was at this time
     */
    record Source(
            Path path, String name, long revision, @Nullable Instant time) {
        /** All of it. */
        static Source whole(Path path, String name) {
            return new Source(path, name, 0, null);
        }

        private long revision(EtcdFile file) throws TransferException {
            return time == null ? revision : file.newestBy(time);
        }
    }

    static String run(EtcdClient target, Source source, PrintWriter err)
            throws TransferException, InterruptedException {
        try (EtcdFile file = EtcdFile.open(source.path(), source.name());
                ProgressLine progress = ProgressLine.onTerminal(err)) {
            long to = source.revision(file);
            return text(new KeyspaceRestore(target, file, progress).run(to), source.name());
        } catch (IOException e) {
            throw new CommandFailure(Kind.FAILED, source.path() + " cannot be closed: " + e.getMessage());
        }
    }

    private static String text(KeyspaceRestore.Outcome outcome, String source) {
        if (outcome.after() == outcome.before()) {
            return source + ": already there, revision " + outcome.after() + "\n";
        }
        String from = outcome.compacted() == 0 ? "" : ", which can be read from " + outcome.compacted() + " on";
        return source + ": revisions " + (outcome.before() + 1) + " to " + outcome.after() + from + "; "
                + outcome.leases() + " leases, " + outcome.users() + " users\n";
    }
}
