package io.tidemark.revision.cli;

import io.tidemark.revision.transfer.EtcdFile;
import io.tidemark.revision.transfer.SnapshotDownload;
import io.tidemark.revision.transfer.TransferException;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark backup}: a keyspace in a file. */
@Command(
        name = "backup",
        description =
                "Writes a keyspace to a file, at one revision: every version that can be read, leases, users and roles."
                        + " Reads and writes go on.",
        footer = {
            "",
            "The file is a snapshot of etcd: `tidemark restore` makes a keyspace of it, `etcdutl snapshot restore` an etcd.",
            "It is checked before it gets its name. Only its owner may read it, since secrets may be in it.",
            "",
            "  tidemark backup shop.db --endpoint 127.0.0.1:2381"
        })
public final class BackupCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "where to; what is there is written over")
    private Path file = Path.of("");

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public BackupCommand() {
        this(Streams.ofProcess());
    }

    BackupCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        return Asking.run(connection::connectPatiently, streams.out(), source -> {
            try {
                Path folder = file.toAbsolutePath().getParent();
                Path part = Files.createTempFile(folder, file.getFileName() + "-", ".part");
                try {
                    try (ProgressLine progress =
                            ProgressLine.onTerminal(spec.commandLine().getErr())) {
                        SnapshotDownload.to(part, source, progress);
                    }
                    String told = told(part);
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                    streams.out().print(told);
                } finally {
                    Files.deleteIfExists(part);
                }
            } catch (IOException e) {
                throw new CommandFailure(
                        Kind.FAILED, file + " cannot be written: " + e.getMessage(), "name another place");
            }
        });
    }

    private String told(Path part) throws IOException, TransferException {
        try (EtcdFile whole = EtcdFile.open(part, file.toString())) {
            String from = whole.compacted() == 0 ? "" : ", which can be read from " + whole.compacted() + " on";
            return file + ": revision " + whole.revision() + from + "; " + Files.size(part) + " bytes\n";
        }
    }
}
