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

/** Fills a keyspace from etcd's file of another one, and says what it did. */
final class Restoring {
    private Restoring() {}

    /**
     * @param to as it was at this revision; 0 for the last one
     * @param source what the file is, to be named
     */
    static String run(EtcdClient target, Path path, long to, String source, PrintWriter err)
            throws TransferException, InterruptedException {
        try (EtcdFile file = EtcdFile.open(path, source);
                ProgressLine progress = ProgressLine.onTerminal(err)) {
            return text(new KeyspaceRestore(target, file, progress).run(to), source);
        } catch (IOException e) {
            throw new CommandFailure(Kind.FAILED, path + " cannot be closed: " + e.getMessage());
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
