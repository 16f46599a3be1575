package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.transfer.HistoryFile;
import io.tidemark.revision.transfer.HistoryImport;
import io.tidemark.revision.transfer.TransferException;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark import}: fills a keyspace. */
@Command(
        name = "import",
        description = "Fills an empty keyspace of a store with the etcd API.",
        synopsisSubcommandLabel = "COMMAND")
public final class ImportCommand {
    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For picocli. */
    public ImportCommand() {
        this(Streams.ofProcess());
    }

    ImportCommand(Streams streams) {
        this.streams = streams;
    }

    @Command(
            name = "history",
            description =
                    "Makes every revision of a recorded history the same revision of an empty keyspace. Given again,"
                            + " it goes on where it stopped, as long as nobody else wrote.",
            footer = {
                "",
                "A line of a recording is an event, plain or gzip; revisions without a gap, the first one is 2:",
                "",
                "  {\"rev\":2,\"type\":\"PUT\",\"key\":\"/a\",\"create_rev\":2,\"version\":1,\"lease\":0,\"value\":\"aGk=\"}",
                "  {\"rev\":3,\"type\":\"DELETE\",\"key\":\"/a\"}",
                "",
                "value is in base64. Leases are not carried over: keys would vanish when they expire."
            })
    int history(
            @Parameters(paramLabel = "FILE", description = "the recording") Path file,
            @Option(
                            names = "--in-flight",
                            paramLabel = "N",
                            defaultValue = "256",
                            description = "most transactions under way at a time; default: 256")
                    int window,
            @Mixin ConnectionOptions connection)
            throws InterruptedException {
        return Asking.run(connection, streams.out(), client -> load(client, file, Math.max(1, window)));
    }

    @Command(
            name = "etcd",
            description =
                    "Makes an empty keyspace what an etcd that is running is now: every version that is kept there,"
                            + " with its revision, what was compacted, leases, users and roles. Given again, it goes on with what"
                            + " was written there since, as long as nobody else wrote here.",
            footer = {
                "",
                "It is etcd's snapshot that is read, at one revision; whoever asks there needs the role root, when users",
                "are enabled. Leases have their whole time again. What is there in the end is compared by checksum.",
                "",
                "  tidemark import etcd --from 10.0.0.5:2379 --endpoint 127.0.0.1:2379"
            })
    int etcd(
            @Mixin SourceOptions source,
            @Option(
                            names = "--dir",
                            paramLabel = "FOLDER",
                            description =
                                    "where the snapshot is kept meanwhile; default: the system's temporary folder")
                    @Nullable
                    Path folder,
            @Mixin ConnectionOptions connection)
            throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        return Asking.run(connection::connectPatiently, streams.out(), target -> {
            try (FetchedSnapshot fetched = FetchedSnapshot.of(source, folder, err)) {
                streams.out()
                        .print(Restoring.run(target, Restoring.Source.whole(fetched.file(), source.toString()), err));
            }
        });
    }

    private void load(EtcdClient client, Path path, int window) throws TransferException, InterruptedException {
        try (HistoryFile file = HistoryFile.open(path);
                ProgressLine progress =
                        ProgressLine.onTerminal(spec.commandLine().getErr())) {
            HistoryImport.Outcome outcome = new HistoryImport(client, file, window, progress).run();
            streams.out()
                    .print(
                            outcome.after() == outcome.before()
                                    ? file + ": already there, revision " + outcome.after() + "\n"
                                    : file + ": revisions " + (outcome.before() + 1) + " to " + outcome.after() + "\n");
        } catch (IOException e) {
            throw new CommandFailure(Kind.FAILED, path + " cannot be read: " + e.getMessage(), "get the whole file");
        }
    }
}
