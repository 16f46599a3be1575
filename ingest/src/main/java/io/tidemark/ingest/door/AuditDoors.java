package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.AuditReader;
import io.tidemark.ingest.audit.ByteSlice;
import io.tidemark.ingest.audit.Redaction;
import io.tidemark.ingest.audit.RedactionHash;
import io.tidemark.ingest.audit.RedactionRule;
import io.tidemark.ingest.audit.UnreadableListException;
import io.tidemark.service.Config;
import io.tidemark.service.DiskRoom;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All audit doors of one process, put together from the configuration: webhook, upload, followed files. */
public final class AuditDoors implements Service {
    private static final int UPLOADS_REMEMBERED = 1_000;
    private static final int FILES_REMEMBERED = 10_000;

    private final LateLog log;
    private final AuditIntake intake;
    private final AuditRoutes routes;
    private final List<AuditFileTail> tails;

    /**
     * Where the doors are.
     *
     * @param folder where they keep the redaction's key and the positions of files; not to be deleted
     * @param disk of Kafka's log; empty when that is elsewhere
     */
    public record Place(Path folder, Optional<DiskRoom> disk) {}

    private AuditDoors(LateLog log, AuditIntake intake, AuditRoutes routes, List<AuditFileTail> tails) {
        this.log = log;
        this.intake = intake;
        this.routes = routes;
        this.tails = tails;
    }

    /**
     * Puts the doors together; Kafka is not touched before {@link #start}.
     *
     * @param kafka how to reach Kafka: bootstrap servers and security, as Kafka's own property names
     */
    public static AuditDoors open(Config config, Vertx vertx, Place place, Map<String, Object> kafka, Meters meters) {
        Path folder = place.folder;
        DoorLimits limits = IngestConfig.limits(config);
        RedactionHash hash =
                new RedactionHash(SecretFiles.redactionKey(config.get(IngestConfig.REDACTION_KEY_FILE), folder));
        List<RedactionRule> rules = config.get(IngestConfig.REDACTION_PATHS).stream()
                .map(RedactionRule::parse)
                .toList();
        LateLog log = new LateLog(kafka, limits, place.disk);
        DoorMeters counted = new DoorMeters(meters);
        AuditIntake intake = new AuditIntake(
                new AuditReader(limits.audit()),
                new Redaction(hash, rules, limits.audit()),
                log,
                counted,
                InstantSource.system());
        AuditRoutes routes = new AuditRoutes(
                vertx,
                intake,
                new PositionFile(folder.resolve("uploads.json"), UPLOADS_REMEMBERED),
                limits,
                IngestConfig.access(config));
        PositionFile positions = new PositionFile(folder.resolve("files.json"), FILES_REMEMBERED);
        List<AuditFileTail> tails = config.get(IngestConfig.FILES).stream()
                .map(FollowedFile::parse)
                .map(file -> new AuditFileTail(
                        file, intake, positions, limits.audit().eventBytes(), config.get(IngestConfig.FILES_INTERVAL)))
                .toList();
        counted.show(IngestMetric.IN_FLIGHT, log::inFlightBytes);
        counted.show(IngestMetric.BUFFERED, routes::bufferedBytes);
        return new AuditDoors(log, intake, routes, tails);
    }

    /**
     * Takes a list in without HTTP, as the webhook does.
     *
     * @param list an {@code audit.k8s.io/v1} EventList as JSON
     * @return how many of its events are durable, once they are
     * @throws UnreadableListException when it is no such list
     */
    public CompletableFuture<Integer> take(String cluster, byte[] list) throws UnreadableListException {
        return intake.takeList(cluster, ByteSlice.of(list)).thenApply(AuditIntake.Taken::accepted);
    }

    /** Adds the doors. The router must not read or unpack bodies before them: their bounds apply while reading. */
    public void mount(Router router) {
        routes.mount(router);
    }

    @Override
    public String name() {
        return "audit-doors";
    }

    @Override
    public void start() {
        log.open();
        tails.forEach(AuditFileTail::start);
    }

    @Override
    public Health check() {
        for (AuditFileTail tail : tails) {
            String trouble = tail.trouble();
            if (trouble != null) {
                return new Health.Degraded(trouble);
            }
        }
        if (!log.isOpen()) {
            return new Health.Down("the audit doors are not open yet");
        }
        String trouble = log.trouble();
        return trouble.isEmpty() ? Health.UP : new Health.Degraded("events are refused: " + trouble);
    }

    @Override
    public void close() {
        tails.forEach(AuditFileTail::close);
        routes.close();
        log.close();
    }

    /** The log of doors that are mounted before Kafka can be reached: full until it is opened. */
    private static final class LateLog implements AuditLog {
        private final Map<String, Object> kafka;
        private final DoorLimits limits;
        private final Optional<DiskRoom> disk;
        private volatile @Nullable KafkaAuditLog opened;

        LateLog(Map<String, Object> kafka, DoorLimits limits, Optional<DiskRoom> disk) {
            this.kafka = kafka;
            this.limits = limits;
            this.disk = disk;
        }

        void open() {
            opened = new KafkaAuditLog(kafka, limits);
        }

        boolean isOpen() {
            return opened != null;
        }

        /** Why nothing is taken now; empty when it is. */
        String trouble() {
            return disk.filter(DiskRoom::isShort).map(DiskRoom::why).orElse("");
        }

        long inFlightBytes() {
            KafkaAuditLog log = opened;
            return log == null ? 0 : log.inFlightBytes();
        }

        @Override
        public CompletableFuture<Integer> append(LogBatch batch) {
            KafkaAuditLog log = opened;
            if (log == null) {
                return CompletableFuture.failedFuture(new OverloadedException("the doors are not open yet"));
            }
            String trouble = trouble();
            return trouble.isEmpty()
                    ? log.append(batch)
                    : CompletableFuture.failedFuture(new OverloadedException(trouble));
        }

        @Override
        public void close() {
            KafkaAuditLog log = opened;
            if (log != null) {
                log.close();
            }
        }
    }
}
