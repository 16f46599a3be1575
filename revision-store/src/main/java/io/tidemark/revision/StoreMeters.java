package io.tidemark.revision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.tidemark.revision.checkpoint.Checkpointer;
import io.tidemark.revision.checkpoint.ImageRecovery;
import io.tidemark.revision.checkpoint.Manifest;
import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.revision.etcd.Store;
import io.tidemark.revision.log.Copies;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageFigures;
import io.tidemark.service.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows {@link RevisionMetric}s; each is looked up when a scrape asks. */
final class StoreMeters {
    private static final double MILLIS = 1_000;

    private final Meters meters;
    private final String keyspace;

    StoreMeters(Meters meters, String keyspace) {
        this.meters = meters;
        this.keyspace = keyspace;
        for (ImageRecovery.Cause cause : ImageRecovery.Cause.values()) {
            for (ImageRecovery.Source source : ImageRecovery.Source.values()) {
                made(cause, source); // shown as 0 before the first
            }
        }
        meters.counter(RevisionMetric.CHECKPOINT_FAILURES, keyspace);
    }

    /** Told of each image that had to be made. */
    ImageRecovery.Report images() {
        return (cause, source) -> made(cause, source).increment();
    }

    private Counter made(ImageRecovery.Cause cause, ImageRecovery.Source source) {
        return meters.counter(
                RevisionMetric.REBUILDS,
                keyspace,
                cause.name().toLowerCase(Locale.ROOT),
                source.name().toLowerCase(Locale.ROOT));
    }

    /** Told of each checkpoint. */
    Checkpointer.Report checkpoints() {
        Timer timer = meters.timer(RevisionMetric.CHECKPOINT, keyspace);
        Counter failures = meters.counter(RevisionMetric.CHECKPOINT_FAILURES, keyspace);
        return new Checkpointer.Report() {
            @Override
            public void taken(Duration took) {
                timer.record(took);
            }

            @Override
            public void failed() {
                failures.increment();
            }
        };
    }

    void show(Checkpointer checkpointer, InstantSource clock) {
        checkpoint(
                RevisionMetric.CHECKPOINT_AGE,
                checkpointer,
                newest -> Duration.between(newest.taken(), clock.instant()).toMillis() / MILLIS);
        checkpoint(
                RevisionMetric.CHECKPOINT_REVISION,
                checkpointer,
                newest -> newest.point().revision());
        checkpoint(RevisionMetric.CHECKPOINT_SIZE, checkpointer, Manifest::sizeBytes);
    }

    private void checkpoint(RevisionMetric metric, Checkpointer checkpointer, ToDoubleFunction<Manifest> value) {
        gauge(metric, () -> checkpointer.newest().map(value::applyAsDouble).orElse(Double.NaN));
    }

    /** Told of each group that is durable, how long that took in nanoseconds. */
    LongConsumer appends() {
        Timer timer = meters.timer(RevisionMetric.APPEND, keyspace);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    void show(Store store, EtcdServer server) {
        gauge(RevisionMetric.FORWARDED, server::forwarded);
        image(RevisionMetric.ALARMS, store.image(), open -> open.alarms().all().size());
        gauge(RevisionMetric.WRITER, () -> store.sequencer().isWriting() ? 1 : 0);
        gauge(RevisionMetric.QUEUED, () -> store.sequencer().queued());
        gauge(RevisionMetric.READS_APPLYING, () -> store.reads().size());
        gauge(RevisionMetric.READS_WAITING, server::readsWaiting);
        gauge(RevisionMetric.ANSWERS_MEMORY, server::answerMemory);
        gauge(RevisionMetric.REQUESTS_MEMORY, server::requestMemory);
        gauge(RevisionMetric.LEASES, () -> store.leases().size());
        image(RevisionMetric.REVISION, store.image(), Image::revision);
        image(RevisionMetric.COMPACTED, store.image(), Image::compacted);
        figure(RevisionMetric.VIEWS, store.image(), ImageFigures::openViews);
        figure(RevisionMetric.IMAGE_SIZE, store.image(), ImageFigures::bytesOnDisk);
        figure(RevisionMetric.IMAGE_MEMORY, store.image(), ImageFigures::bytesInMemory);
        figure(RevisionMetric.REMOVAL, store.image(), ImageFigures::removalBacklog);
    }

    void show(Copies copies) {
        gauge(RevisionMetric.LOG_COPIES, copies::all);
        gauge(RevisionMetric.LOG_CONFIRMING, copies::confirming);
    }

    private void figure(RevisionMetric metric, Image image, ToDoubleFunction<ImageFigures> value) {
        image(metric, image, open -> value.applyAsDouble(open.figures()));
    }

    /** A scrape may come while the image is closing. */
    private void image(RevisionMetric metric, Image image, ToDoubleFunction<Image> value) {
        gauge(metric, () -> {
            try {
                return value.applyAsDouble(image);
            } catch (IllegalStateException e) {
                return Double.NaN;
            }
        });
    }

    private void gauge(RevisionMetric metric, Supplier<? extends Number> value) {
        meters.gauge(metric, value, keyspace);
    }
}
