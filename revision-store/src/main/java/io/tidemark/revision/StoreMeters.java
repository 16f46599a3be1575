package io.tidemark.revision;

import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.revision.etcd.Store;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageFigures;
import io.tidemark.revision.store.ImageUnusableException;
import io.tidemark.service.Meters;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Shows {@link RevisionMetric}s; each is looked up when a scrape asks. */
final class StoreMeters {
    private final Meters meters;

    StoreMeters(Meters meters) {
        this.meters = meters;
        for (String cause : RevisionMetric.REBUILDS.tags().getFirst().values()) {
            meters.counter(RevisionMetric.REBUILDS, cause); // shown as 0 before the first
        }
    }

    void rebuilt(ImageUnusableException.Reason reason) {
        meters.counter(RevisionMetric.REBUILDS, reason.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    void show(Store store, EtcdServer server) {
        meters.gauge(RevisionMetric.WRITER, () -> store.sequencer().isWriting() ? 1 : 0);
        meters.gauge(RevisionMetric.QUEUED, () -> store.sequencer().queued());
        meters.gauge(RevisionMetric.READS_APPLYING, () -> store.reads().size());
        meters.gauge(RevisionMetric.READS_WAITING, server::readsWaiting);
        meters.gauge(RevisionMetric.LEASES, () -> store.leases().size());
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
        meters.gauge(metric, () -> {
            try {
                return value.applyAsDouble(image);
            } catch (IllegalStateException e) {
                return Double.NaN;
            }
        });
    }
}
