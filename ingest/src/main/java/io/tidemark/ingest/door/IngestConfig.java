package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.audit.RedactionRule;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Every setting of the audit doors. */
public final class IngestConfig {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    public static final ConfigKey<List<String>> FILES = ConfigKey.list(
                    "audit.files",
                    List.of(),
                    "Audit log files to follow, each as cluster=/path/audit.log. Rotation and truncation are noticed.")
            .checked("cluster=path each", files -> files.stream().allMatch(FollowedFile::isValid));
    public static final ConfigKey<Duration> FILES_INTERVAL = ConfigKey.duration(
                    "audit.files.interval", Duration.ofMillis(250), "How often a followed file is looked at.")
            .between(Duration.ofMillis(10), Duration.ofMinutes(1));
    public static final ConfigKey<Path> TOKEN_FILE = ConfigKey.path(
            "audit.door.token.file",
            Path.of(""),
            "File with the bearer token that clients of the audit doors must send; empty lets everybody in.");
    public static final ConfigKey<Path> CLIENT_CA_FILE = ConfigKey.path(
            "audit.door.client.ca.file",
            Path.of(""),
            "PEM file with the CA of the client certificates that the audit doors demand, beside or instead of the token;"
                    + " needs http.tls.cert.file. Empty: none are asked for.");
    public static final ConfigKey<List<String>> CLIENTS = ConfigKey.list(
                    "audit.door.clients",
                    List.of(),
                    "Whose client certificate may speak for which cluster, each as cluster=common name. Empty: every"
                            + " certificate of the CA for every cluster.")
            .checked("cluster=common name each", clients -> clients.stream().allMatch(DoorAccess::isClient));
    public static final ConfigKey<Path> REDACTION_KEY_FILE = ConfigKey.path(
            "audit.redaction.key.file",
            Path.of(""),
            "File with the key of the hashes that stand for redacted values, at least 16 bytes; empty keeps a key of"
                    + " its own in the data folder.");
    public static final ConfigKey<List<String>> REDACTION_PATHS = ConfigKey.list(
                    "audit.redaction.paths",
                    List.of(),
                    "Values to redact beside those of Secrets and tokens, each as resource[/subresource][.group]:/path,"
                            + " for example configmaps:/data/*.")
            .checked("resource[/subresource][.group]:/path each", IngestConfig::areRules);

    public static final ConfigKey<Long> EVENT_BYTES = ConfigKey.bytes(
                    "audit.limit.event.bytes", 1_000_000L, "Largest audit event; a larger one is rejected.")
            .because("it fits into a Kafka record of the default size")
            .between(KIB, 64 * MIB);
    public static final ConfigKey<Integer> EVENTS = ConfigKey.integer(
                    "audit.limit.events", 10_000, "Most events of one list; a longer list is refused.")
            .because("kube-apiserver sends at most 400 unless told otherwise")
            .between(1, 1_000_000);
    public static final ConfigKey<Integer> DEPTH = ConfigKey.integer(
                    "audit.limit.depth", 200, "Deepest nesting of objects and arrays in an event.")
            .between(16, 1_000);
    public static final ConfigKey<Long> BODY_BYTES = ConfigKey.bytes(
                    "audit.limit.body.bytes", 20 * MIB, "Largest webhook body, packed and unpacked.")
            .because("kube-apiserver sends at most 10 MiB")
            .between(KIB, 512 * MIB);
    public static final ConfigKey<Duration> BODY_TIME = ConfigKey.duration(
                    "audit.limit.body.time",
                    Duration.ofSeconds(30),
                    "How long a client of the webhook may take to send its body.")
            .because("kube-apiserver gives its webhook 30 s for the whole request")
            .between(Duration.ofMillis(100), Duration.ofMinutes(10));
    public static final ConfigKey<Long> BUFFER_BYTES = ConfigKey.bytes(
                    "audit.limit.buffer.bytes",
                    64 * MIB,
                    "Bytes of webhook bodies held at once; beyond that the door answers 503.")
            .between(KIB, 4096 * MIB);
    public static final ConfigKey<Long> IN_FLIGHT_BYTES = ConfigKey.bytes(
                    "audit.limit.in-flight.bytes",
                    64 * MIB,
                    "Bytes of events sent to Kafka and not yet confirmed; beyond that the door answers 503.")
            .between(KIB, 4096 * MIB);
    public static final ConfigKey<Integer> WORKERS = ConfigKey.integer(
                    "audit.door.workers", 2, "Threads that validate, redact and encode the lists of the webhook.")
            .between(1, 64);
    public static final ConfigKey<Integer> UPLOADS = ConfigKey.integer(
                    "audit.limit.uploads", 4, "Uploads under way at once; beyond that the door answers 503.")
            .between(1, 1_000);

    /** All of them, in the order of the reference page. */
    public static final List<ConfigKey<?>> KEYS = List.of(
            FILES,
            FILES_INTERVAL,
            TOKEN_FILE,
            CLIENT_CA_FILE,
            CLIENTS,
            REDACTION_KEY_FILE,
            REDACTION_PATHS,
            EVENT_BYTES,
            EVENTS,
            DEPTH,
            BODY_BYTES,
            BODY_TIME,
            BUFFER_BYTES,
            IN_FLIGHT_BYTES,
            WORKERS,
            UPLOADS);

    private IngestConfig() {}

    static DoorAccess access(Config config) {
        boolean certificates = !config.get(CLIENT_CA_FILE).toString().isEmpty();
        return new DoorAccess(SecretFiles.token(config.get(TOKEN_FILE)), certificates, config.get(CLIENTS));
    }

    static DoorLimits limits(Config config) {
        AuditLimits audit = new AuditLimits(
                Math.toIntExact(config.get(EVENT_BYTES)),
                config.get(EVENTS),
                config.get(DEPTH),
                AuditLimits.DEFAULT.future(),
                AuditLimits.DEFAULT.backwards());
        return new DoorLimits(
                audit,
                Math.toIntExact(config.get(BODY_BYTES)),
                config.get(BODY_TIME),
                config.get(BUFFER_BYTES),
                config.get(IN_FLIGHT_BYTES),
                config.get(WORKERS),
                config.get(UPLOADS));
    }

    private static boolean areRules(List<String> texts) {
        try {
            texts.forEach(RedactionRule::parse);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
