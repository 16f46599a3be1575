package io.tidemark.deploy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidemark version}. */
@Command(name = "version", description = "Prints the version of Tidemark and of the Java that runs it.")
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tidemark " + version(), "java " + Runtime.version()};
        }
    }

    /** As the jar's manifest says. */
    static String version() {
        String version = TidemarkMain.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    @Override
    public Integer call() {
        for (String line : new Provider().getVersion()) {
            spec.commandLine().getOut().println(line);
        }
        return ExitCode.OK;
    }
}
