package io.tidemark.query.cli;

import io.tidemark.service.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs commands as the program does, and keeps what they print. */
final class Shell {
    /**
     * What a command left behind.
     *
     * @param code exit code
     */
    record Outcome(int code, String out, String err) {}

    private final String server;

    Shell(String server) {
        this.server = server;
    }

    /** A line such as {@code trace deploy/web -n shop}; words are separated by single spaces. */
    Outcome run(String line) {
        String[] words = line.split(" ");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = commandLine(words[0], out, err).execute(arguments(words));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** The same, printing while it runs. */
    int run(String line, StringWriter out, StringWriter err) {
        String[] words = line.split(" ");
        return commandLine(words[0], out, err).execute(arguments(words));
    }

    private String[] arguments(String[] words) {
        String[] arguments = Arrays.copyOfRange(words, 1, words.length + 1);
        arguments[arguments.length - 1] = "--server=" + server;
        return arguments;
    }

    private static CommandLine commandLine(String name, StringWriter out, StringWriter err) {
        return new CommandLine(command(name))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof CommandFailure told) {
                        return told.tell(command.getErr());
                    }
                    throw failure;
                });
    }

    private static Callable<Integer> command(String name) {
        return switch (name) {
            case "trace" -> new TraceCommand();
            case "history" -> new HistoryCommand();
            case "search" -> new SearchCommand();
            case "find" -> new FindCommand();
            case "tail" -> new TailCommand();
            case "doctor" -> new DoctorCommand();
            default -> throw new IllegalArgumentException("no command " + name);
        };
    }
}
