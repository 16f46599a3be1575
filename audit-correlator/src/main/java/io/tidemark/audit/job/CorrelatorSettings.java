package io.tidemark.audit.job;

import io.tidemark.audit.config.CorrelatorConfig;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.tidemark.service.ConfigLoader;
import io.tidemark.topic.RegistryConfig;
import io.tidemark.topic.SchemaRegistries;
import io.tidemark.topic.Serdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * Configuration of the correlator's process, given as {@code --key=value}.
 *
 * @param bootstrapServers Kafka
 * @param folder working folder: checkpoints, RocksDB files
 * @param registry where schemas are that the bundled catalogue does not know
 * @param parallelism tasks
 * @param checkpointInterval time between checkpoints
 * @param factsRetention how long whole facts are held per key
 * @param entriesRetention how long facts are known per key
 * @param factsMax whole facts held per key at most
 * @param entriesMax facts known per key at most
 * @param idleRetention log time after which an idle key is forgotten
 * @param memoryBytes memory of each task for keys in front of Flink's state
 */
record CorrelatorSettings(
        String bootstrapServers,
        Path folder,
        Registry registry,
        int parallelism,
        Duration checkpointInterval,
        Duration factsRetention,
        Duration entriesRetention,
        int factsMax,
        int entriesMax,
        Duration idleRetention,
        long memoryBytes) {

    /**
     * The schema registry.
     *
     * @param url empty when there is none
     * @param jars folder with its client
     * @param timeout longest wait for one answer
     */
    record Registry(String url, Path jars, Duration timeout) {
        void letCodecsAsk() {
            if (!url.isEmpty()) {
                Serdes.ask(SchemaRegistries.open(jars, url, timeout));
            }
        }
    }

    /**
     * Reads {@code --key=value} arguments.
     *
     * @throws io.tidemark.service.ConfigException when a key or value is wrong; it lists all that are
     */
    static CorrelatorSettings parse(String[] arguments) {
        Map<String, String> flags = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("expected --key=value, found " + argument);
            }
            flags.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        List<ConfigKey<?>> keys = new ArrayList<>(CorrelatorConfig.PLACE);
        keys.addAll(CorrelatorConfig.TUNING);
        Config config = new ConfigLoader(keys).flags(flags).load();
        return new CorrelatorSettings(
                config.get(CorrelatorConfig.BOOTSTRAP_SERVERS),
                config.get(CorrelatorConfig.FOLDER).toAbsolutePath(),
                new Registry(
                        config.get(RegistryConfig.URL),
                        config.get(CorrelatorConfig.REGISTRY_JARS),
                        config.get(RegistryConfig.TIMEOUT)),
                config.get(CorrelatorConfig.PARALLELISM),
                config.get(CorrelatorConfig.CHECKPOINT_INTERVAL),
                config.get(CorrelatorConfig.FACTS_RETENTION),
                config.get(CorrelatorConfig.ENTRIES_RETENTION),
                config.get(CorrelatorConfig.FACTS_MAX),
                config.get(CorrelatorConfig.ENTRIES_MAX),
                config.get(CorrelatorConfig.IDLE_RETENTION),
                config.get(CorrelatorConfig.MEMORY));
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    Configuration flink() {
        Configuration flink = new Configuration();
        flink.setString("parallelism.default", Integer.toString(parallelism));
        flink.setString("state.backend.type", "rocksdb");
        flink.setString("execution.checkpointing.incremental", "true");
        flink.setString("execution.checkpointing.interval", checkpointInterval.toMillis() + " ms");
        flink.setString("execution.checkpointing.dir", checkpoints().toUri().toString());
        flink.setString("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        flink.setString(
                "state.backend.rocksdb.localdir", folder.resolve("rocksdb").toString());
        // most keys that are asked for are new ones, which no file holds
        flink.setString("state.backend.rocksdb.use-bloom-filter", "true");
        // the cluster in this process talks to itself only
        flink.setString("jobmanager.bind-host", "127.0.0.1");
        flink.setString("taskmanager.bind-host", "127.0.0.1");
        flink.setString("rest.bind-address", "127.0.0.1");
        flink.setString("io.tmp.dirs", folder.resolve("tmp").toString());
        flink.setString("state.backend.rocksdb.timer-service.factory", "HEAP");
        flink.setString("taskmanager.memory.managed.size", "128m");
        flink.setString("taskmanager.memory.network.min", "32m");
        flink.setString("taskmanager.memory.network.max", "32m");
        flink.setString("taskmanager.numberOfTaskSlots", Integer.toString(parallelism));
        flink.setString("execution.buffer-timeout.interval", "10 ms");
        flink.setString("pipeline.object-reuse", "true");
        flink.setString("pipeline.generic-types", "false");
        flink.setString("restart-strategy.type", "none");
        flink.setString("metrics.reporters", "parent");
        flink.setString("metrics.reporter.parent.factory.class", ParentReporter.Factory.class.getName());
        flink.setString("metrics.reporter.parent.interval", "1 s");
        return flink;
    }
}
