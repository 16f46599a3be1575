package io.tidemark.deploy;

import io.tidemark.ingest.cli.IngestCommand;
import io.tidemark.query.cli.DoctorCommand;
import io.tidemark.query.cli.FindCommand;
import io.tidemark.query.cli.HistoryCommand;
import io.tidemark.query.cli.SearchCommand;
import io.tidemark.query.cli.TailCommand;
import io.tidemark.query.cli.TraceCommand;
import io.tidemark.revision.cli.BackupCommand;
import io.tidemark.revision.cli.CompactionCommand;
import io.tidemark.revision.cli.DeleteCommand;
import io.tidemark.revision.cli.ExportCommand;
import io.tidemark.revision.cli.GetCommand;
import io.tidemark.revision.cli.ImportCommand;
import io.tidemark.revision.cli.LeaseCommand;
import io.tidemark.revision.cli.PutCommand;
import io.tidemark.revision.cli.RestoreCommand;
import io.tidemark.revision.cli.TxnCommand;
import io.tidemark.revision.cli.WatchCommand;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.ConfigException;
import io.tidemark.service.ServiceStartException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code tidemark}. */
@Command(
        name = "tidemark",
        description = "Who did what to which Kubernetes object, in which order, and why.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = VersionCommand.Provider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage or configuration",
            "3:not found",
            "4:Tidemark or Kafka cannot be reached",
            "130:interrupted"
        })
public final class TidemarkMain {
    /** Every command, in the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            UpCommand.class,
            StoreCommand.class,
            IngestCommand.class,
            FindCommand.class,
            TraceCommand.class,
            HistoryCommand.class,
            SearchCommand.class,
            TailCommand.class,
            DoctorCommand.class,
            GetCommand.class,
            PutCommand.class,
            DeleteCommand.class,
            TxnCommand.class,
            WatchCommand.class,
            LeaseCommand.class,
            CompactionCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ConfigCommand.class,
            TopicsCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class);

    private TidemarkMain() {}

    public static void main(String[] arguments) {
        int code = commandLine(arguments).execute(arguments);
        if (code != ExitCode.OK) {
            // no orderly exit: it would write a start-up cache of a run that did nothing
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(code);
        }
        System.exit(code);
    }

    /** With all commands. */
    static CommandLine commandLine() {
        return with(COMMANDS);
    }

    /**
     * With the one command that the arguments name; picocli takes a third of a second to read them all. Those that need
     * the others, and arguments that name none, get all.
     */
    static CommandLine commandLine(String[] arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(name))
                .filter(command -> command != CompletionCommand.class && command != CommandLine.HelpCommand.class)
                .toList();
        return named.isEmpty() ? commandLine() : with(named);
    }

    private static CommandLine with(List<Class<?>> commands) {
        CommandLine tidemark = new CommandLine(new TidemarkMain());
        commands.forEach(tidemark::addSubcommand);
        return tidemark.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedSubcommandsAllowed(false)
                .setExpandAtFiles(false) // keys and values may begin with @
                .setParameterExceptionHandler((mistake, arguments) -> explain(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
    }

    /** What is wrong with the arguments, in a line or two instead of a page of help. */
    private static int explain(CommandLine.ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("tidemark: " + mistake.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("  -> " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    /** What the user can act on is told without a stack trace; what only we can act on, with one. */
    private static int explain(Exception failure, PrintWriter err) throws Exception {
        Throwable cause =
                failure instanceof ServiceStartException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StartFailure start) {
            err.println("tidemark: " + start.getMessage());
            err.println("  -> " + start.remedy());
            return start.kind() == StartFailure.Kind.KAFKA_UNREACHABLE ? ExitCode.UNAVAILABLE : ExitCode.FAILED;
        }
        if (cause instanceof CommandFailure refused) {
            return refused.tell(err);
        }
        if (cause instanceof ConfigException) {
            err.println("tidemark: " + cause.getMessage());
            return ExitCode.USAGE;
        }
        throw failure;
    }
}
