package io.tidemark.revision.store;

import io.tidemark.revision.store.ImageUnusableException.Reason;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first thing for which an image has to be opened or made again, and who is told of it. Safe for use by several threads. */
final class Damage {
    private final AtomicReference<@Nullable ImageUnusableException> first = new AtomicReference<>();
    private volatile Consumer<ImageUnusableException> told = found -> {};

    /** Somebody to be told: at once when there is something already, else by the thread that comes upon it. */
    void whenFound(Consumer<ImageUnusableException> listener) {
        told = listener;
        ImageUnusableException found = first.get();
        if (found != null) {
            listener.accept(found);
        }
    }

    /** @return what is to be thrown */
    ImageUnusableException noted(ImageUnusableException e) {
        if (e.reason() != Reason.DISK && first.compareAndSet(null, e)) {
            told.accept(e);
        }
        return e;
    }
}
