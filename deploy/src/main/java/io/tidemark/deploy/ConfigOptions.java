package io.tidemark.deploy;

import io.tidemark.audit.config.CorrelatorConfig;
import io.tidemark.ingest.door.IngestConfig;
import io.tidemark.query.QueryConfig;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.tidemark.service.ConfigLoader;
import io.tidemark.topic.RegistryConfig;
import io.tidemark.watch.WatchConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where settings come from: a YAML file, then {@code TIDEMARK_*}, then flags; the later one wins. */
final class ConfigOptions {
    private static final Path DEFAULT_FILE = Path.of("tidemark.yaml");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file with settings; default: tidemark.yaml in the current folder, when there is one")
    private @Nullable Path file;

    @Option(
            names = {"--data", "--data-dir"},
            paramLabel = "DIR",
            description = "same as --set data.dir=DIR")
    private @Nullable String dataDir;

    @Option(names = "--port", paramLabel = "PORT", description = "same as --set http.port=PORT")
    private @Nullable String port;

    @Option(names = "--insecure-listen", description = "allow addresses that other machines can reach without TLS")
    private boolean insecureListen;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "any setting; `tidemark config explain` lists them")
    private final Map<String, String> settings = new LinkedHashMap<>();

    /** Every key of every part that runs in the process. */
    static List<ConfigKey<?>> keys() {
        List<ConfigKey<?>> keys = new ArrayList<>(DeployConfig.KEYS);
        keys.addAll(RegistryConfig.KEYS);
        keys.addAll(IngestConfig.KEYS);
        keys.addAll(CorrelatorConfig.TUNING);
        keys.addAll(QueryConfig.KEYS);
        keys.addAll(RevisionConfig.KEYS);
        keys.addAll(WatchConfig.KEYS);
        return keys;
    }

    Config load() {
        return load(Map.of());
    }

    /** With settings that go before all others. */
    Config load(Map<String, String> first) {
        ConfigLoader loader = new ConfigLoader(keys()).environment(settingsOf(System.getenv()));
        if (file != null) {
            loader.file(file);
        } else if (Files.exists(DEFAULT_FILE)) {
            loader.file(DEFAULT_FILE);
        }
        Map<String, String> flags = flags();
        flags.putAll(first);
        return loader.flags(flags).load();
    }

    /** $TIDEMARK_SERVER is no setting: it says where commands find the server. */
    private static Map<String, String> settingsOf(Map<String, String> environment) {
        Map<String, String> settings = new LinkedHashMap<>(environment);
        settings.remove("TIDEMARK_SERVER");
        return settings;
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>(settings);
        if (dataDir != null) {
            flags.put(DeployConfig.DATA_DIR.name(), dataDir);
        }
        if (port != null) {
            flags.put(DeployConfig.HTTP_PORT.name(), port);
        }
        if (insecureListen) {
            flags.put(DeployConfig.HTTP_INSECURE.name(), "true");
        }
        return flags;
    }
}
