package io.tidemark.revision;

import io.tidemark.revision.checkpoint.Checkpointer;
import io.tidemark.revision.store.ImageSettings;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import java.time.Duration;
import java.util.List;

/** The settings of images and their checkpoints, a part of {@link RevisionConfig}. */
public final class ImageConfig {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    public static final ConfigKey<Long> CACHE = ConfigKey.bytes(
                    "kv.image.cache",
                    ImageSettings.DEFAULT.cacheBytes(),
                    "Memory for what was read from the image, outside of the heap.")
            .between(MIB, 1024 * 1024 * MIB);
    public static final ConfigKey<Long> BUFFER = ConfigKey.bytes(
                    "kv.image.buffer",
                    ImageSettings.DEFAULT.writeBufferBytes(),
                    "Memory for what is applied and not in the image's files yet; while that is written, as much again.")
            .between(MIB, 1024 * 1024 * MIB);
    public static final ConfigKey<Integer> IMAGE_THREADS = ConfigKey.integer(
                    "kv.image.threads",
                    ImageSettings.DEFAULT.backgroundThreads(),
                    "Threads that write and merge the image's files.")
            .between(1, 64);
    public static final ConfigKey<Integer> VIEWS = ConfigKey.integer(
                    "kv.image.views",
                    ImageSettings.DEFAULT.viewsMost(),
                    "Reads that may be under way at the same time; further ones are refused.")
            .between(1, 1_000_000);
    public static final ConfigKey<Integer> REMOVAL_STEP = ConfigKey.integer(
                    "kv.image.removal.step",
                    ImageSettings.DEFAULT.removalStep(),
                    "Changes looked at in one step of removing what was compacted.")
            .between(1, 100_000);
    public static final ConfigKey<Duration> CHECKPOINTS = ConfigKey.duration(
                    "kv.checkpoint.interval",
                    Duration.ofMinutes(10),
                    "How often the node that writes looks whether to put the image's files into tidemark.kv.checkpoints; a node"
                            + " without an image begins there. 0 for never.")
            .because("what is written in a few minutes is applied in seconds")
            .between(Duration.ZERO, Duration.ofDays(7));
    public static final ConfigKey<Integer> CHECKPOINT_CHANGES = ConfigKey.integer(
                    "kv.checkpoint.changes",
                    100_000,
                    "Records of the log, or revisions, behind the newest checkpoint from which on another one is taken.")
            .because("a node applies as many in some 5 s, and each checkpoint is written, read and kept whole")
            .between(1, 1_000_000_000);
    public static final ConfigKey<Long> CHECKPOINT_RATE = ConfigKey.bytes(
                    "kv.checkpoint.rate", 32 * MIB, "Bytes of a checkpoint that are written in a second, at most.")
            .because("the log's own flushes go to the same disks")
            .between(64 * KIB, 1024 * 1024 * MIB);

    /** In the order of the reference page. */
    static final List<ConfigKey<?>> KEYS = List.of(
            CACHE, BUFFER, IMAGE_THREADS, VIEWS, REMOVAL_STEP, CHECKPOINTS, CHECKPOINT_CHANGES, CHECKPOINT_RATE);

    private ImageConfig() {}

    static Checkpointer.Settings checkpoints(Config config) {
        return new Checkpointer.Settings(
                config.get(CHECKPOINTS), config.get(CHECKPOINT_CHANGES), config.get(CHECKPOINT_RATE));
    }

    static ImageSettings image(Config config) {
        return new ImageSettings(
                config.get(CACHE),
                config.get(BUFFER),
                config.get(IMAGE_THREADS),
                config.get(VIEWS),
                config.get(REMOVAL_STEP));
    }
}
