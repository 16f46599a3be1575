package io.tidemark.deploy;

import io.tidemark.audit.config.CorrelatorConfig;
import io.tidemark.deploy.correlator.ChildCommand;
import io.tidemark.deploy.correlator.CorrelatorProcess;
import io.tidemark.deploy.correlator.RestartPolicy;
import io.tidemark.deploy.startup.StartupCache;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.tidemark.topic.RegistryConfig;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How the correlator's JVM is started from this configuration and installation. */
final class Correlator {
    private static final String MAIN = "io.tidemark.audit.job.CorrelatorMain";
    private static final long MIB = 1024 * 1024;

    private Correlator() {}

    static CorrelatorProcess process(Config config, Installation installation, DataFolder folder, String kafka) {
        List<Path> jars = installation.correlatorJars();
        List<String> options = new ArrayList<>(List.of(
                "-Xms64m",
                "-Xmx" + config.get(DeployConfig.CORRELATOR_HEAP) / MIB + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=" + installation.correlatorLogging()));
        options.addAll(StartupCache.options(installation.cache(), "correlator", jars));
        String classPath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        ChildCommand command =
                new ChildCommand(classPath, MAIN, options, arguments(config, installation, folder, kafka));
        return new CorrelatorProcess(
                command,
                folder.logs().resolve("correlator.log"),
                RestartPolicy.DEFAULT,
                config.get(DeployConfig.CLOSE_DEADLINE));
    }

    private static List<String> arguments(Config config, Installation installation, DataFolder folder, String kafka) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--" + CorrelatorConfig.BOOTSTRAP_SERVERS.name() + "=" + kafka);
        arguments.add("--" + CorrelatorConfig.FOLDER.name() + "=" + folder.flink());
        arguments.add("--" + CorrelatorConfig.REGISTRY_JARS.name() + "=" + installation.registryJars());
        arguments.add("--" + RegistryConfig.URL.name() + "=" + config.get(RegistryConfig.URL));
        arguments.add("--" + RegistryConfig.TIMEOUT.name() + "=" + config.get(RegistryConfig.TIMEOUT));
        for (ConfigKey<?> key : CorrelatorConfig.TUNING) {
            arguments.add("--" + key.name() + "=" + config.get(key));
        }
        return arguments;
    }
}
