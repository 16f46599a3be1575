package io.tidemark.deploy;

import io.tidemark.service.ConfigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every setting of the process as a whole: where it keeps its data, where it listens, which Kafka, which child. */
public final class DeployConfig {
    private static final long MIB = 1024 * 1024;
    private static final int PORT_MAX = 65_535;

    public static final ConfigKey<Path> DATA_DIR = ConfigKey.path(
            "data.dir", Path.of("data"), "Folder with everything the platform keeps. One process uses it at a time.");
    public static final ConfigKey<Long> DATA_FREE = ConfigKey.bytes(
                    "data.free", 64 * MIB, "Free space on the data folder's disk below which start is refused.")
            .because("room for what each start writes, so that a full disk is told before, not during")
            .between(0L, 1024 * 1024 * MIB);
    public static final ConfigKey<Long> DATA_FREE_WRITES = ConfigKey.bytes(
                    "data.free.writes",
                    256 * MIB,
                    "Free space on the data folder's disk below which what needs room is refused: writes to keyspaces but for"
                            + " deletes and compaction, and audit events when Kafka's log is on that disk.")
            .because(
                    "room for merging files, which gives room back, and for what is under way: a log that finds the disk"
                            + " full ends the process")
            .between(0L, 1024 * 1024 * MIB);
    public static final ConfigKey<String> HTTP_HOST = ConfigKey.string(
                    "http.host", "127.0.0.1", "Address on which API, UI and audit doors listen.")
            .because("what is behind it is not for everybody; opening it is a decision");
    public static final ConfigKey<Integer> HTTP_PORT = ConfigKey.integer(
                    "http.port", 7400, "Port of API, UI and audit doors; 0 takes any free one.")
            .between(0, PORT_MAX);
    public static final ConfigKey<Boolean> HTTP_INSECURE = ConfigKey.bool(
                    "http.insecure-listen",
                    false,
                    "Allows an http.host or etcd.host that other machines can reach without TLS; same as --insecure-listen.")
            .because("without TLS, whoever is on the way reads audit events and tokens");
    public static final ConfigKey<Path> TLS_CERT = ConfigKey.path(
            "http.tls.cert.file",
            Path.of(""),
            "PEM file with the server's certificate, then those of its issuers; with it the HTTP port speaks TLS only.");
    public static final ConfigKey<Path> TLS_KEY = ConfigKey.path(
            "http.tls.key.file", Path.of(""), "PEM file with the key of http.tls.cert.file, without password.");
    public static final ConfigKey<Duration> TLS_RELOAD = ConfigKey.duration(
                    "http.tls.reload.interval",
                    Duration.ofSeconds(10),
                    "How often the TLS files of all ports are looked at; changed ones serve new connections.")
            .between(Duration.ofMillis(100), Duration.ofHours(1));
    public static final ConfigKey<String> KAFKA = ConfigKey.string(
            "kafka.bootstrap.servers",
            "",
            "Kafka cluster to use, as host:port,host:port. Empty: a broker runs inside the process.");
    public static final ConfigKey<Integer> KAFKA_PORT = ConfigKey.integer(
                    "kafka.port", 9092, "Port of the broker inside the process, on 127.0.0.1; 0 takes any free one.")
            .between(0, PORT_MAX);
    public static final ConfigKey<Duration> KAFKA_SESSION = ConfigKey.duration(
                    "kafka.session.timeout",
                    Duration.ofSeconds(18),
                    "How long the broker inside the process may be silent before its controller gives up on it.")
            .because("a busy machine makes it silent for seconds, and nobody could take over (docs/adr/0003)")
            .between(Duration.ofSeconds(6), Duration.ofMinutes(5));
    public static final ConfigKey<Duration> CLOSE_DEADLINE = ConfigKey.duration(
                    "close.deadline", Duration.ofSeconds(30), "How long each part may take to stop on SIGTERM.")
            .between(Duration.ofSeconds(1), Duration.ofMinutes(10));
    public static final ConfigKey<Long> CORRELATOR_HEAP = ConfigKey.bytes(
                    "correlator.heap", 400 * MIB, "Largest heap of the correlator's JVM.")
            .because("the least that holds the sample's load with room; RocksDB's memory comes on top")
            .between(256 * MIB, 64 * 1024 * MIB);
    /** All of them, in the order of the reference page. */
    public static final List<ConfigKey<?>> KEYS = List.of(
            DATA_DIR,
            DATA_FREE,
            DATA_FREE_WRITES,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_INSECURE,
            TLS_CERT,
            TLS_KEY,
            TLS_RELOAD,
            KAFKA,
            KAFKA_PORT,
            KAFKA_SESSION,
            CLOSE_DEADLINE,
            CORRELATOR_HEAP);

    private DeployConfig() {}
}
