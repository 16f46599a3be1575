package io.tidemark.revision.cli;

import io.tidemark.service.CommandFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** Runs the commands of the store as the program does, with streams of its own. */
public final class StoreShell {
    private StoreShell() {}

    /**
     * What a command left behind.
     *
     * @param code exit code
     * @param out bytes as Latin-1
     */
    public record Outcome(int code, String out, String err) {}

    /** @param in bytes as Latin-1 */
    public static Outcome run(List<String> words, String in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Streams streams = new Streams(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.ISO_8859_1)),
                new PrintStream(out, false, StandardCharsets.UTF_8));
        StringWriter err = new StringWriter();
        int code = new CommandLine(command(words.getFirst(), streams))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof CommandFailure told) {
                        return told.tell(line.getErr());
                    }
                    throw failure;
                })
                .execute(words.subList(1, words.size()).toArray(String[]::new));
        return new Outcome(code, out.toString(StandardCharsets.ISO_8859_1), err.toString());
    }

    private static Object command(String name, Streams streams) {
        return switch (name) {
            case "get" -> new GetCommand(streams);
            case "put" -> new PutCommand(streams);
            case "del" -> new DeleteCommand(streams);
            case "txn" -> new TxnCommand(streams);
            case "watch" -> new WatchCommand(streams);
            case "lease" -> new LeaseCommand(streams);
            case "import" -> new ImportCommand(streams);
            case "export" -> new ExportCommand(streams);
            case "backup" -> new BackupCommand(streams);
            case "restore" -> new RestoreCommand(streams);
            case "compaction" -> new CompactionCommand(streams);
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
