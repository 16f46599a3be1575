package io.tidemark.deploy;

import io.tidemark.ingest.cli.IngestCommand;
import io.tidemark.service.ConfigException;
import io.tidemark.service.ServiceStartException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code tidemark}. */
@Command(
        name = "tidemark",
        description = "Who did what to which Kubernetes object, in which order, and why.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        subcommands = {
            UpCommand.class,
            IngestCommand.class,
            DoctorCommand.class,
            TopicsCommand.class,
            ConfigCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
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
    private TidemarkMain() {}

    public static void main(String[] arguments) {
        int code = commandLine().execute(arguments);
        if (code != ExitCode.OK) {
            // no orderly exit: it would write a start-up cache of a run that did nothing
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(code);
        }
        System.exit(code);
    }

    static CommandLine commandLine() {
        return new CommandLine(new TidemarkMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
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
        if (cause instanceof ConfigException) {
            err.println("tidemark: " + cause.getMessage());
            return ExitCode.USAGE;
        }
        throw failure;
    }
}
