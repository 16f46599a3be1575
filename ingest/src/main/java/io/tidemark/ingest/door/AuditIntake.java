package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.AuditBatch;
import io.tidemark.ingest.audit.AuditItem;
import io.tidemark.ingest.audit.AuditReader;
import io.tidemark.ingest.audit.ByteSlice;
import io.tidemark.ingest.audit.ObjectRef;
import io.tidemark.ingest.audit.ReadItem;
import io.tidemark.ingest.audit.Redaction;
import io.tidemark.ingest.audit.RejectedItem;
import io.tidemark.ingest.audit.UnreadableListException;
import io.tidemark.schema.audit.AuditDoor;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.RejectDoor;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What every door does with the bytes it got: read, redact, append. Safe for use by many threads. */
final class AuditIntake {
    /**
     * What became of the events of one request.
     *
     * @param accepted events that are durable now
     * @param rejected events that were refused, each with its reason in the topic of rejects
     */
    record Taken(int accepted, int rejected) {}

    private final AuditReader reader;
    private final Redaction redaction;
    private final AuditLog log;
    private final DoorMeters meters;
    private final InstantSource clock;

    AuditIntake(AuditReader reader, Redaction redaction, AuditLog log, DoorMeters meters, InstantSource clock) {
        this.reader = reader;
        this.redaction = redaction;
        this.log = log;
        this.meters = meters;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Instant time(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    /** Takes a whole EventList; the answer comes when it is durable. */
    CompletableFuture<Taken> takeList(String cluster, ByteSlice body) throws UnreadableListException {
        Instant now = now();
        AuditBatch batch = reader.readList(body, micros(now));
        List<LogBatch.Entry> events = new ArrayList<>(batch.items().size());
        for (AuditItem item : batch.items()) {
            events.add(entry(cluster, AuditDoor.WEBHOOK, item, now));
        }
        List<AuditReject> rejects = new ArrayList<>(batch.rejected().size());
        for (RejectedItem item : batch.rejected()) {
            rejects.add(reject(cluster, RejectDoor.WEBHOOK, item, now));
        }
        return append(new LogBatch(events, rejects), AuditDoor.WEBHOOK)
                .thenApply(refused -> new Taken(events.size() - refused, rejects.size() + refused));
    }

    ReadItem readLine(ByteSlice line, Instant now) {
        return reader.readLine(line, micros(now));
    }

    CompletableFuture<Integer> append(LogBatch batch, AuditDoor door) {
        CompletableFuture<Integer> outcome = log.append(batch);
        return outcome.whenComplete((refused, failure) -> meters.appended(door, batch, refused, failure));
    }

    LogBatch.Entry entry(String cluster, AuditDoor door, AuditItem item, Instant now) {
        ObjectRef object = item.object();
        ObjectKey key = new ObjectKey(cluster, object.group(), object.resource(), object.namespace(), object.name());
        AuditEvent event = new AuditEvent(
                cluster,
                item.auditId(),
                item.stage(),
                item.verb(),
                object.subresource(),
                time(item.receivedMicros()),
                time(item.stageMicros()),
                now,
                door,
                redaction.redact(item).toBuffer());
        return new LogBatch.Entry(key, event);
    }

    static AuditReject reject(String cluster, RejectDoor door, RejectedItem item, Instant now) {
        return new AuditReject(
                cluster,
                item.auditId(),
                door,
                item.reason().name(),
                item.message(),
                item.position(),
                item.sizeBytes(),
                now);
    }
}
