package io.tidemark.deploy;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark completion}: a script that teaches the shell our commands and options. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash or zsh, to be sourced.",
        footer = {"", "  source <(tidemark completion bash)"})
final class CompletionCommand implements Callable<Integer> {
    /** Shells that picocli's script knows; it is the same for both. */
    enum Shell {
        BASH,
        ZSH;

        /** As it is typed, and as completion offers it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh")
    private Shell shell;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("# completion of tidemark for " + shell.name().toLowerCase(Locale.ROOT) + ", to be sourced");
        out.print(AutoComplete.bash("tidemark", spec.root().commandLine()));
        out.flush();
        return ExitCode.OK;
    }
}
