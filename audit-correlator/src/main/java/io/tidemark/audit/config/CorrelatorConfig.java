package io.tidemark.audit.config;

import io.tidemark.service.ConfigKey;
import io.tidemark.topic.RegistryConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every setting of the correlator. */
public final class CorrelatorConfig {
    private static final long MIB = 1024 * 1024;

    public static final ConfigKey<String> BOOTSTRAP_SERVERS = ConfigKey.string(
            "kafka.bootstrap.servers",
            null,
            "Kafka that the correlator reads and writes, host:port separated by commas.");
    public static final ConfigKey<Path> FOLDER =
            ConfigKey.path("correlator.folder", null, "Folder for checkpoints and state files.");
    public static final ConfigKey<Path> REGISTRY_JARS = ConfigKey.path(
            "correlator.registry.jars", Path.of("lib-registry"), "Folder with the client for schema registries.");
    public static final ConfigKey<Integer> PARALLELISM = ConfigKey.integer(
                    "correlator.parallelism", 1, "Parallel tasks of the job.")
            .because("one task takes about 0.1 s of CPU for 1,000 events")
            .between(1, 128);
    public static final ConfigKey<Duration> CHECKPOINT_INTERVAL = ConfigKey.duration(
                    "correlator.checkpoint.interval",
                    Duration.ofSeconds(10),
                    "Time between checkpoints of the job's state: what a restart has to read again at most.")
            .because("shorter ones cost more than they save, as reading again changes nothing")
            .between(Duration.ofSeconds(1), Duration.ofHours(1));
    public static final ConfigKey<Duration> FACTS_RETENTION = ConfigKey.duration(
                    "correlator.facts.retention",
                    Duration.ofMinutes(20),
                    "How long, in the object's own time, an event with its body is held so that a late one can be related"
                            + " to it.")
            .because("an API server gives an audit batch up after about two minutes of retries")
            .between(Duration.ofMinutes(1), Duration.ofDays(1));
    public static final ConfigKey<Duration> ENTRIES_RETENTION = ConfigKey.duration(
                    "correlator.entries.retention",
                    Duration.ofHours(2),
                    "How long, in the object's own time, an event is known at all, so that a duplicate of it is recognised."
                            + " An event older than that is taken in marked as late. At least correlator.facts.retention.")
            .between(Duration.ofMinutes(1), Duration.ofDays(7));
    public static final ConfigKey<Integer> FACTS_MAX = ConfigKey.integer(
                    "correlator.facts.max", 256, "Events with bodies held for one object at most; the oldest go first.")
            .between(2, 100_000);
    public static final ConfigKey<Integer> ENTRIES_MAX = ConfigKey.integer(
                    "correlator.entries.max",
                    1024,
                    "Events known for one object at most; the oldest go first. At least correlator.facts.max.")
            .between(2, 100_000);
    public static final ConfigKey<Duration> IDLE_RETENTION = ConfigKey.duration(
                    "correlator.idle.retention",
                    Duration.ofHours(6),
                    "How long after the last event about it an object is forgotten by the correlator (its spans stay).")
            .between(Duration.ofMinutes(1), Duration.ofDays(30));

    public static final ConfigKey<Long> MEMORY = ConfigKey.bytes(
                    "correlator.memory",
                    48 * MIB,
                    "Memory of each task for objects that had an event lately; others are read from the state on disk.")
            .because("it holds what the sample's load touches within ten seconds, and fits the smallest heap")
            .between(MIB, 32 * 1024 * MIB);

    /** What its process is told on the command line besides {@link #TUNING}. */
    public static final List<ConfigKey<?>> PLACE =
            List.of(BOOTSTRAP_SERVERS, FOLDER, REGISTRY_JARS, RegistryConfig.URL, RegistryConfig.TIMEOUT);

    /** The settings a user can change, in the order of the reference page. */
    public static final List<ConfigKey<?>> TUNING = List.of(
            PARALLELISM,
            CHECKPOINT_INTERVAL,
            FACTS_RETENTION,
            ENTRIES_RETENTION,
            FACTS_MAX,
            ENTRIES_MAX,
            IDLE_RETENTION,
            MEMORY);

    private CorrelatorConfig() {}
}
