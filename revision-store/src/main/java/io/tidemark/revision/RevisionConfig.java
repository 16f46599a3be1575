package io.tidemark.revision;

import io.tidemark.revision.etcd.EtcdSettings;
import io.tidemark.revision.log.AppendSize;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.sequencer.SequencerSettings;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every setting of the revision store. */
public final class RevisionConfig {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final Pattern SIGN_METHODS = Pattern.compile("|(HS|RS|PS|ES)(256|384|512)|EdDSA");

    public static final ConfigKey<String> HOST = ConfigKey.string(
                    "etcd.host", "127.0.0.1", "Address on which the etcd API listens.")
            .because("other machines get in with TLS only, unless http.insecure-listen says otherwise");
    public static final ConfigKey<Path> TLS_CERT = ConfigKey.path(
            "etcd.tls.cert.file",
            Path.of(""),
            "PEM file with the certificate of the etcd API, then those of its issuers; with it the port speaks TLS only.");
    public static final ConfigKey<Path> TLS_KEY = ConfigKey.path(
            "etcd.tls.key.file", Path.of(""), "PEM file with the key of etcd.tls.cert.file, without password.");
    public static final ConfigKey<Path> CLIENT_CA = ConfigKey.path(
            "etcd.tls.client.ca.file",
            Path.of(""),
            "PEM file with the CA of client certificates; with it nobody gets in without one.");
    public static final ConfigKey<Boolean> CLIENT_CERT_AUTH = ConfigKey.bool(
                    "etcd.client-cert-auth",
                    false,
                    "Whether the common name of a client's certificate is its user, when it shows no token and users are asked"
                            + " for. Needs etcd.tls.client.ca.file.")
            .because("etcd's default");
    public static final ConfigKey<Integer> PORT = ConfigKey.integer(
                    "etcd.port", 2379, "Port of the etcd API of the keyspace `default`; 0 takes any free one.")
            .between(0, 65_535);
    public static final ConfigKey<List<String>> KEYSPACES = ConfigKey.list(
                    "etcd.keyspaces",
                    List.of(),
                    "Further keyspaces, each with an etcd API on a port of its own, as in `events:2381`. A keyspace's log is"
                            + " the partition with the number of its place here: add at the end, and take away there.")
            .checked(ServedKeyspace.EXPECTED, ServedKeyspace::isList);
    public static final ConfigKey<String> ADVERTISED = ConfigKey.string(
            "etcd.advertise",
            "",
            "Host name or address by which clients, and other nodes on the same Kafka cluster, reach the etcd API of this node."
                    + " Empty: etcd.host, or the machine's name when that is every address.");
    public static final ConfigKey<Duration> ELECTION = ConfigKey.duration(
                    "kv.election.session",
                    Duration.ofSeconds(6),
                    "On a Kafka cluster: how long nothing may be heard of the node that writes before another one takes over;"
                            + " one whose process is gone is noticed at once. The brokers allow no less than their"
                            + " group.min.session.timeout.ms.")
            .because("the least that brokers allow by default")
            .between(Duration.ofSeconds(1), Duration.ofMinutes(5));
    public static final ConfigKey<Boolean> CANDIDATE = ConfigKey.bool(
            "kv.election.candidate",
            true,
            "On a Kafka cluster: whether this node may write. One that may not serves reads and watches and hands the rest on,"
                    + " and any number of them come and go without an election.");
    public static final ConfigKey<Integer> EVENT_LOOPS = ConfigKey.integer(
                    "etcd.event-loops", 1, "Threads that the connections of the etcd API are spread over.")
            .because("one is enough for what two cores can do; with more cores, half as many")
            .between(1, 64);
    public static final ConfigKey<Long> QUOTA = ConfigKey.bytes(
                    "etcd.quota",
                    Limits.ETCD.quota(),
                    "Bytes that a keyspace may take, history included; at more, writes that add something are refused and"
                            + " the alarm NOSPACE is raised, until something was deleted and compacted and the alarm cleared.")
            .because("etcd's default")
            .between(64 * KIB, 1024 * 1024 * MIB);
    public static final ConfigKey<Duration> TOKEN_TTL = ConfigKey.duration(
                    "etcd.token.ttl",
                    Duration.ofMinutes(5),
                    "How long the token of a user holds after it was used last, and a signed one after it was given out;"
                            + " clients then ask for another one.")
            .because("etcd's default")
            .between(Duration.ofSeconds(1), Duration.ofDays(365));
    public static final ConfigKey<String> TOKEN_SIGNING = ConfigKey.string(
                    "etcd.token.sign-method",
                    "",
                    "Makes tokens JWTs that are signed so, as RS256 or ES256, etcd's `--auth-token=jwt`: they outlive a restart and"
                            + " are void when users or roles change. Empty: simple tokens, of which the node alone knows.")
            .checked("HS, RS, PS or ES with 256, 384 or 512, or EdDSA", SIGN_METHODS.asMatchPredicate());
    public static final ConfigKey<Path> TOKEN_KEY = ConfigKey.path(
            "etcd.token.key.file",
            Path.of(""),
            "PEM file (PKCS #8, without password) with the key that signs tokens; with HS256 and its like, the secret as it is."
                    + " Without it this node verifies tokens and gives out none.");
    public static final ConfigKey<Path> TOKEN_PUBLIC_KEY = ConfigKey.path(
            "etcd.token.public-key.file",
            Path.of(""),
            "PEM file with the public key, or a certificate, by which tokens are verified. Not needed beside an RSA key.");
    public static final ConfigKey<Integer> PASSWORD_COST = ConfigKey.integer(
                    "etcd.password.cost",
                    10,
                    "Cost of the bcrypt hash of a new password; each one more doubles the time that it takes to try one.")
            .because("etcd's default")
            .between(4, 31);
    public static final ConfigKey<Integer> READ_THREADS = ConfigKey.integer(
                    "etcd.read.threads", 2, "Lists of the etcd API that are read at the same time.")
            .between(1, 64);
    public static final ConfigKey<Integer> READS_WAITING = ConfigKey.integer(
                    "etcd.read.waiting",
                    1_000,
                    "Lists that may wait for a thread; further ones are answered `etcdserver: too many requests`.")
            .between(1, 100_000);
    public static final ConfigKey<Long> ANSWERS_MEMORY = ConfigKey.bytes(
                    "etcd.answers.memory",
                    128 * MIB,
                    "Memory of long answers that clients do not have yet, each keyspace; others are refused when it is used up.")
            .between(4 * MIB, 1024 * 1024 * MIB);
    public static final ConfigKey<Long> REQUESTS_MEMORY = ConfigKey.bytes(
                    "etcd.requests.memory",
                    128 * MIB,
                    "Memory of requests of more than 8 KiB that arrive or wait to be answered, each keyspace, counted twice as it is"
                            + " while they are read; when it is used up, further ones are answered `etcdserver: too many requests`.")
            .between(8 * MIB, 1024 * 1024 * MIB);
    public static final ConfigKey<Duration> PATIENCE = ConfigKey.duration(
                    "etcd.request.timeout",
                    Duration.ofSeconds(7),
                    "How long the log may take for a write or a linearizable read before it is answered"
                            + " `etcdserver: request timed out`; a write may still be done.")
            .because("etcd waits as long with its default election timeout")
            .between(Duration.ofMillis(100), Duration.ofMinutes(10));
    public static final ConfigKey<Duration> SLOW = ConfigKey.duration(
                    "etcd.request.slow",
                    Duration.ofMillis(300),
                    "Calls that take as long get a line in the process's log, with the key up to its last slash.")
            .because("etcd's default")
            .between(Duration.ofMillis(1), Duration.ofHours(1));
    public static final ConfigKey<Integer> QUEUE = ConfigKey.integer(
                    "kv.queue.requests",
                    5_000,
                    "Writes that may wait to be decided, and reads that may wait for what is being applied; further ones"
                            + " are answered `etcdserver: too many requests`.")
            .because("etcd refuses when as many are committed and not applied")
            .between(1, 1_000_000);
    public static final ConfigKey<Integer> GROUP = ConfigKey.integer(
                    "kv.group.requests", 1_000, "Most writes that are appended to the log together.")
            .between(1, 100_000);
    public static final ConfigKey<Long> GROUP_BYTES = ConfigKey.bytes(
                    "kv.group.bytes",
                    MIB,
                    "Most bytes of the records that are appended together; one that is larger goes alone.")
            .between(KIB, (long) AppendSize.GROUP_BYTES_MAX);
    public static final ConfigKey<Duration> RETRY = ConfigKey.duration(
                    "kv.retry.pause",
                    Duration.ofMillis(200),
                    "How long to wait before a log that could not be asked is asked again.")
            .between(Duration.ofMillis(10), Duration.ofMinutes(1));
    private static final List<ConfigKey<?>> OWN = List.of(
            PORT,
            HOST,
            TLS_CERT,
            TLS_KEY,
            CLIENT_CA,
            CLIENT_CERT_AUTH,
            KEYSPACES,
            ADVERTISED,
            ELECTION,
            CANDIDATE,
            EVENT_LOOPS,
            QUOTA,
            TOKEN_TTL,
            TOKEN_SIGNING,
            TOKEN_KEY,
            TOKEN_PUBLIC_KEY,
            PASSWORD_COST,
            READ_THREADS,
            READS_WAITING,
            ANSWERS_MEMORY,
            REQUESTS_MEMORY,
            PATIENCE,
            SLOW,
            QUEUE,
            GROUP,
            GROUP_BYTES,
            RETRY);

    /** All of them, in the order of the reference page. */
    public static final List<ConfigKey<?>> KEYS =
            Stream.of(OWN, ImageConfig.KEYS).flatMap(List::stream).toList();

    private RevisionConfig() {}

    /** @param tls null for none */
    static EtcdSettings etcd(Config config, ServedKeyspace keyspace, @Nullable ServerSSLOptions tls) {
        return new EtcdSettings(
                keyspace.name(),
                new EtcdSettings.Listening(
                        config.get(HOST),
                        keyspace.port(),
                        AdvertisedHost.of(config.get(ADVERTISED), config.get(HOST)),
                        tls,
                        config.get(CLIENT_CERT_AUTH)),
                config.get(EVENT_LOOPS),
                config.get(QUOTA),
                new EtcdSettings.Tokens(config.get(TOKEN_TTL), signing(config), config.get(PASSWORD_COST)),
                config.get(READ_THREADS),
                config.get(READS_WAITING),
                config.get(ANSWERS_MEMORY),
                config.get(REQUESTS_MEMORY),
                config.get(PATIENCE),
                config.get(SLOW));
    }

    private static Optional<EtcdSettings.Signing> signing(Config config) {
        return Optional.of(config.get(TOKEN_SIGNING))
                .filter(method -> !method.isEmpty())
                .map(method -> new EtcdSettings.Signing(
                        method, file(config.get(TOKEN_KEY)), file(config.get(TOKEN_PUBLIC_KEY))));
    }

    private static Optional<Path> file(Path set) {
        return Optional.of(set).filter(path -> !path.toString().isEmpty());
    }

    /**
     * Reads and tries the files that are named.
     *
     * @throws IllegalArgumentException when the keys of tokens cannot be used; says what to do
     */
    public static void checkFiles(Config config) {
        signing(config).ifPresent(EtcdSettings.Signing::check);
    }

    static Limits limits(Config config) {
        return Limits.ETCD.withQuota(config.get(QUOTA));
    }

    static SequencerSettings sequencer(Config config) {
        return new SequencerSettings(
                config.get(QUEUE), config.get(GROUP), Math.toIntExact(config.get(GROUP_BYTES)), config.get(RETRY));
    }
}
