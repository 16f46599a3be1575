package io.tidemark.deploy;

import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark config ...}: what is set, from where, and what could be. */
@Command(
        name = "config",
        description = "Shows, checks and explains settings.",
        subcommands = {ConfigCommand.Print.class, ConfigCommand.Check.class, ConfigCommand.Explain.class},
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }

    @Command(name = "print", description = "Prints every setting with its value and where that comes from.")
    static final class Print implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigOptions options;

        @Option(names = "--defaults", description = "print the defaults instead, as a YAML file to start from")
        private boolean defaults;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            if (defaults) {
                for (ConfigKey<?> key : ConfigOptions.keys()) {
                    out.println("# " + key.doc());
                    out.println(key.name() + ": \"" + key.defaultText().orElse("") + "\"");
                }
                return ExitCode.OK;
            }
            for (Config.Explanation setting : options.load().explain()) {
                out.printf("%-34s %-24s %s%n", setting.key(), setting.value(), setting.source());
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "check",
            description = "Says everything that is wrong with the settings; exit code 2 when something is.")
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigOptions options;

        @Override
        public Integer call() {
            int settings = options.load().explain().size();
            spec.commandLine().getOut().println("ok: " + settings + " settings");
            return ExitCode.OK;
        }
    }

    @Command(
            name = "explain",
            description = "Explains every setting: what it does, its default and why, what is allowed.")
    static final class Explain implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(
                arity = "0..1",
                paramLabel = "KEY",
                defaultValue = "",
                description = "a key, or the beginning of keys")
        private String prefix;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            boolean found = false;
            for (ConfigKey<?> key : ConfigOptions.keys()) {
                if (key.name().startsWith(prefix)) {
                    found = true;
                    explain(key, out);
                }
            }
            if (!found) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "tidemark: no setting begins with " + prefix + "; `tidemark config explain` lists all");
                return ExitCode.NOT_FOUND;
            }
            return ExitCode.OK;
        }

        private static void explain(ConfigKey<?> key, PrintWriter out) {
            out.println(key.name() + " (" + key.typeName() + ")");
            out.println("    " + key.doc());
            out.println("    default: " + key.defaultText().orElse("none, must be set")
                    + (key.reason().isEmpty() ? "" : ", because " + key.reason()));
            if (!key.allowed().isEmpty()) {
                out.println("    allowed: " + key.allowed());
            }
            out.println("    environment: " + key.environmentName());
        }
    }
}
