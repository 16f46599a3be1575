package io.tidemark.watch;

import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.store.EventPage;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.tidemark.watch.etcd.WatchSettings;
import io.tidemark.watch.topic.TopicSettings;
import java.time.Duration;
import java.util.List;

/** Every setting of watching. */
public final class WatchConfig {
    private static final long MIB = 1024 * 1024;
    private static final int RECENT_REVISIONS = 16 * 1024;
    private static final int LOOKED = 20_000;

    public static final ConfigKey<Duration> PROGRESS = ConfigKey.duration(
                    "watch.progress.interval",
                    Duration.ofMinutes(10),
                    "A watcher that asked for it is told how far it is when nothing happened for so long. A cluster of"
                            + " Kubernetes sets 5s.")
            .because("etcd's default")
            .between(Duration.ofMillis(100), Duration.ofDays(1));
    public static final ConfigKey<Long> RECENT = ConfigKey.bytes(
                    "watch.recent",
                    32 * MIB,
                    "Bytes of a keyspace's newest events that are held until all its watchers were told, at most; who is further"
                            + " behind reads the image.")
            .between(MIB, 4096 * MIB);
    public static final ConfigKey<Integer> PART_REVISIONS = ConfigKey.integer(
                    "watch.history.revisions",
                    1000,
                    "Revisions of the history that a watcher which is behind is told in one message, at most.")
            .because("etcd's number")
            .between(1, 100_000);
    public static final ConfigKey<Long> PART_BYTES = ConfigKey.bytes(
                    "watch.history.bytes", MIB, "Bytes of such a message, at most, unless one revision has more.")
            .between(64 * 1024L, 64 * MIB);
    public static final ConfigKey<Long> REVISION_BYTES = ConfigKey.bytes(
                    "watch.history.revision.bytes",
                    16 * MIB,
                    "Bytes of what one revision wrote that a watcher is told, at most, with what the keys were before when it wants"
                            + " that. A revision is told as a whole, so who would be told more is cancelled, as if the revision was"
                            + " compacted.")
            .between(2 * MIB, 1024 * MIB);
    public static final ConfigKey<Integer> WAITING = ConfigKey.integer(
                    "watch.lock.waiting",
                    10_000,
                    "Calls that may wait for a lock, or to be elected, or observe an election, in each keyspace; further ones are"
                            + " refused.")
            .between(1, 1_000_000);

    public static final ConfigKey<Integer> TOPIC_CLIENTS = ConfigKey.integer(
                    "watch.topic.clients",
                    2_000,
                    "Watch topics on the HTTP port that there may be at the same time of each keyspace; further ones are refused.")
            .between(1, 100_000);
    public static final ConfigKey<Duration> TOPIC_BOOKMARKS = ConfigKey.duration(
                    "watch.topic.bookmark.interval",
                    Duration.ofSeconds(10),
                    "A watch topic that was told nothing for so long is told how far it is.")
            .between(Duration.ofMillis(100), Duration.ofDays(1));
    public static final ConfigKey<Long> TOPIC_UNREAD = ConfigKey.bytes(
                    "watch.topic.unread",
                    256 * 1024L,
                    "Bytes that wait for the client of a watch topic; when there are so many it is told nothing more until it reads,"
                            + " and then from the history.")
            .between(4 * 1024L, 64 * MIB);

    public static final ConfigKey<Boolean> TOPIC_OPEN = ConfigKey.bool(
            "watch.topic.open",
            false,
            "Whether whoever reaches the HTTP port may watch a keyspace without users although its etcd port asks clients for"
                    + " certificates (etcd.tls.client.ca.file). A keyspace with users asks for them in any case.");

    /** In the order of the reference page. */
    public static final List<ConfigKey<?>> KEYS = List.of(
            PROGRESS,
            RECENT,
            PART_REVISIONS,
            PART_BYTES,
            REVISION_BYTES,
            WAITING,
            TOPIC_CLIENTS,
            TOPIC_BOOKMARKS,
            TOPIC_UNREAD,
            TOPIC_OPEN);

    private WatchConfig() {}

    static WatchSettings settings(Config config) {
        return new WatchSettings(
                config.get(PROGRESS),
                RECENT_REVISIONS,
                config.get(RECENT),
                new EventPage.Most(
                        config.get(PART_REVISIONS), config.get(PART_BYTES), LOOKED, config.get(REVISION_BYTES)));
    }

    static TopicSettings topics(Config config) {
        return new TopicSettings(
                config.get(TOPIC_CLIENTS),
                config.get(TOPIC_BOOKMARKS),
                !config.get(RevisionConfig.CLIENT_CA).toString().isEmpty() && !config.get(TOPIC_OPEN),
                config.get(TOPIC_UNREAD).intValue());
    }
}
