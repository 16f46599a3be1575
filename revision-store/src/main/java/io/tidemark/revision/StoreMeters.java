package io.tidemark.revision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.revision.etcd.Store;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageFigures;
import io.tidemark.revision.store.ImageUnusableException;
import io.tidemark.service.Meters;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Shows {@link RevisionMetric}s; each is looked up when a scrape asks. */
final class StoreMeters {
    private final Meters meters;
    private final String keyspace;

    StoreMeters(Meters meters, String keyspace) {
        this.meters = meters;
        this.keyspace = keyspace;
        for (String cause : RevisionMetric.REBUILDS.tags().getLast().values()) {
            rebuilds(cause); // shown as 0 before the first
        }
    }

    void rebuilt(ImageUnusableException.Reason reason) {
        rebuilds(reason.name().toLowerCase(Locale.ROOT)).increment();
    }

    private Counter rebuilds(String cause) {
        return meters.counter(RevisionMetric.REBUILDS, keyspace, cause);
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
        gauge(RevisionMetric.LEASES, () -> store.leases().size());
        image(RevisionMetric.REVISION, store.image(), Image::revision);
        image(RevisionMetric.COMPACTED, store.image(), Image::compacted);
        figure(RevisionMetric.VIEWS, store.image(), ImageFigures::openViews);
        figure(RevisionMetric.IMAGE_SIZE, store.image(), ImageFigures::bytesOnDisk);
        figure(RevisionMetric.IMAGE_MEMORY, store.image(), ImageFigures::bytesInMemory);
        figure(RevisionMetric.REMOVAL, store.image(), ImageFigures::removalBacklog);
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
