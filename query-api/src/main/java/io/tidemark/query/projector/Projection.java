package io.tidemark.query.projector;

import io.tidemark.query.span.Micros;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * One step after the other of the work between log and store: poll, apply, refresh when due, commit when due. Knows
 * nothing of threads or failures. Confined to the projector's thread.
 */
final class Projection {
    private static final Duration LAG_INTERVAL = Duration.ofSeconds(1);

    private final SpanLog log;
    private final SpanStore store;
    private final ProjectorSettings settings;
    private final ProjectorMeters meters;
    private final InstantSource clock;

    private Instant refreshed;
    private Instant committed;
    private Instant measured;
    private Instant swept;
    private long lagRecords;
    private int uncommitted;
    private int waiting;
    private long[] acceptedMicros = new long[1_024];

    Projection(SpanLog log, SpanStore store, ProjectorSettings settings, ProjectorMeters meters, InstantSource clock) {
        this.log = log;
        this.store = store;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        Instant now = clock.instant();
        this.refreshed = now;
        this.committed = now;
        this.measured = Instant.MIN;
        this.swept = now;
    }

    /** Goes to where the store stands; a store that stands behind the end of the log belongs to another log. */
    void begin() {
        if (!log.seek(store.positions())) {
            meters.rebuildsReplaced().increment();
            store.clear();
            log.seek(store.positions());
        }
        measured = Instant.MIN;
        waiting = 0;
        uncommitted = 0;
    }

    /** Returns how many records the log is ahead, as of the last look. */
    long step() {
        Instant now = clock.instant();
        SpanBatch batch = log.poll(pause(now));
        if (!batch.isEmpty()) {
            apply(batch);
        }
        now = clock.instant();
        if (!now.isBefore(measured.plus(LAG_INTERVAL))) {
            lagRecords = log.lagRecords();
            measured = now;
        }
        if (waiting > 0 && !now.isBefore(refreshed.plus(settings.refreshInterval(lagRecords + waiting)))) {
            refresh();
        }
        now = clock.instant();
        boolean commitDue = uncommitted >= settings.commitSpans() || !now.isBefore(committed.plus(settings.commit()));
        if (uncommitted > 0 && commitDue) {
            commit(now);
        }
        if (!now.isBefore(swept.plus(settings.retention().interval()))) {
            sweep(now);
        }
        return lagRecords;
    }

    /** Makes everything applied findable and durable. */
    void finish() {
        if (waiting > 0) {
            refresh();
        }
        commit(clock.instant());
    }

    /** No longer than until the next refresh is due. */
    private Duration pause(Instant now) {
        if (waiting == 0) {
            return settings.refresh();
        }
        Duration left = Duration.between(now, refreshed.plus(settings.refreshInterval(lagRecords + waiting)));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void apply(SpanBatch batch) {
        if (waiting == 0 && clock.instant().isAfter(refreshed.plus(settings.refresh()))) {
            // after a quiet time the first span need not wait for a full interval
            refreshed = clock.instant().minus(settings.refresh().dividedBy(2));
        }
        meters.apply().record(() -> store.apply(batch));
        int size = batch.spans().size();
        meters.spans().increment(size);
        meters.batch().record(size);
        if (acceptedMicros.length < waiting + size) {
            acceptedMicros = Arrays.copyOf(acceptedMicros, Math.max(waiting + size, 2 * acceptedMicros.length));
        }
        for (var span : batch.spans()) {
            acceptedMicros[waiting++] = Micros.of(span.span().getAcceptedMicros());
        }
        uncommitted += size;
    }

    private void refresh() {
        meters.refresh().record(store::refresh);
        refreshed = clock.instant();
        long now = Micros.of(refreshed);
        for (int i = 0; i < waiting; i++) {
            meters.queryable().record(Math.max(0, now - acceptedMicros[i]), TimeUnit.MICROSECONDS);
        }
        waiting = 0;
    }

    private void commit(Instant now) {
        meters.commit().record(store::commit);
        committed = now;
        uncommitted = 0;
    }

    private void sweep(Instant now) {
        swept = now;
        ProjectorSettings.Retention retention = settings.retention();
        long old = store.deleteAcceptedBefore(now.minus(retention.time()));
        meters.deletedByTime().increment((double) old);
        long bytes = store.sizeBytes();
        long surplus = 0;
        if (bytes > retention.sizeBytes()) {
            // down to a tenth below the bound, so that not every sweep has to delete
            double share = 1 - 0.9 * retention.sizeBytes() / bytes;
            surplus = store.deleteOldest(Math.round(store.count(SpanFilter.ALL) * share));
            meters.deletedBySize().increment((double) surplus);
        }
        if (old + surplus > 0) {
            refresh();
            commit(now);
        }
    }
}
