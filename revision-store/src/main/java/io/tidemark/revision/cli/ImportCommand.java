package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.transfer.HistoryException;
import io.tidemark.revision.transfer.HistoryFile;
import io.tidemark.revision.transfer.HistoryImport;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.nio.file.Path;
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

    private void load(EtcdClient client, Path path, int window) throws InterruptedException {
        try (HistoryFile file = HistoryFile.open(path);
                ProgressLine progress =
                        ProgressLine.onTerminal(spec.commandLine().getErr())) {
            HistoryImport.Outcome outcome = new HistoryImport(client, file, window, progress).run();
            streams.out()
                    .print(
                            outcome.after() == outcome.before()
                                    ? file + ": already there, revision " + outcome.after() + "\n"
                                    : file + ": revisions " + (outcome.before() + 1) + " to " + outcome.after() + "\n");
        } catch (HistoryException e) {
            throw new CommandFailure(Kind.FAILED, String.valueOf(e.getMessage()), e.remedy());
        } catch (IOException e) {
            throw new CommandFailure(Kind.FAILED, path + " cannot be read: " + e.getMessage(), "get the whole file");
        }
    }
}
