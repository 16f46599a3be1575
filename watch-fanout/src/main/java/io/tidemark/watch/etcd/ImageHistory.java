package io.tidemark.watch.etcd;

import io.tidemark.revision.etcd.ReadWorkers;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.store.EventPage;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.TooManyViewsException;
import io.tidemark.revision.store.View;
import io.tidemark.watch.hub.History;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The history in a keyspace's image, read by its workers for the watchers of one event loop. */
final class ImageHistory implements History {
    private static final Logger LOG = LoggerFactory.getLogger(ImageHistory.class);

    private final Image image;
    private final ReadWorkers workers;
    private final Executor loop;
    private final EventPage.Most most;

    ImageHistory(Image image, ReadWorkers workers, Executor loop, EventPage.Most most) {
        this.image = image;
        this.workers = workers;
        this.loop = loop;
        this.most = most;
    }

    @Override
    public boolean read(KeyRange range, long from, boolean previous, Consumer<Part> then) {
        return workers.offer(() -> {
            Part part = part(range, from, previous);
            loop.execute(() -> then.accept(part));
        });
    }

    private Part part(KeyRange range, long from, boolean previous) {
        try (View view = image.view()) {
            if (from < view.compacted()) {
                return new Part.Compacted(view.compacted());
            }
            EventPage page = view.events(range, from, previous, most);
            return page.tooLarge() && page.through() < from
                    ? new Part.TooLarge(page.through() + 1)
                    : new Part.Told(page.revisions(), page.through());
        } catch (TooManyViewsException e) {
            return new Part.Failed(); // tried again
        } catch (RuntimeException e) {
            LOG.error(
                    "The history from revision {} on could not be read for a watcher; it is tried again soon", from, e);
            return new Part.Failed();
        }
    }
}
