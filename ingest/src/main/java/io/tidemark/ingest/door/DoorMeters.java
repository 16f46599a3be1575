package io.tidemark.ingest.door;

import io.tidemark.schema.audit.AuditDoor;
import io.tidemark.service.Meters;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts what the doors take and refuse. */
final class DoorMeters {
    private final Meters meters;

    DoorMeters(Meters meters) {
        this.meters = meters;
        for (AuditDoor door : AuditDoor.values()) {
            meters.counter(IngestMetric.ACCEPTED, tag(door));
            meters.counter(IngestMetric.REJECTED, tag(door));
        }
    }

    void appended(AuditDoor door, LogBatch batch, @Nullable Integer refused, @Nullable Throwable failure) {
        if (refused == null || failure != null) {
            meters.counter(IngestMetric.FAILED, tag(door)).increment();
            return;
        }
        meters.counter(IngestMetric.ACCEPTED, tag(door))
                .increment(batch.events().size() - refused);
        meters.counter(IngestMetric.REJECTED, tag(door))
                .increment(batch.rejects().size() + refused);
        meters.counter(IngestMetric.BYTES, tag(door)).increment((double) batch.sizeBytes());
    }

    void show(IngestMetric gauge, Supplier<Number> value) {
        meters.gauge(gauge, value);
    }

    private static String tag(AuditDoor door) {
        return door.name().toLowerCase(Locale.ROOT);
    }
}
