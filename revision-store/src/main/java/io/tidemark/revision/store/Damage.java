package io.tidemark.revision.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first thing in an image's files that is not what was written, and who is told of it. Safe for use by several threads. */
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
        if (e.reason() == ImageUnusableException.Reason.DAMAGED && first.compareAndSet(null, e)) {
            told.accept(e);
        }
        return e;
    }
}
