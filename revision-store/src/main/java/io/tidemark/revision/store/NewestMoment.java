package io.tidemark.revision.store;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an image shows: its newest moment, until it is closed. One thread at a time replaces it, any thread reads. */
final class NewestMoment {
    private final AtomicReference<@Nullable Moment> newest;

    NewestMoment(Moment first) {
        newest = new AtomicReference<>(first);
    }

    /** Not held for the caller: somebody else may close it. */
    Moment now() {
        Moment moment = newest.get();
        if (moment == null) {
            throw new IllegalStateException("the image is closed");
        }
        return moment;
    }

    boolean isClosed() {
        return newest.get() == null;
    }

    /** A moment that somebody else replaced and closed in between is not the newest one any more. */
    Moment held() {
        while (true) {
            Moment moment = now();
            if (moment.hold()) {
                return moment;
            }
            Thread.onSpinWait();
        }
    }

    <T extends @Nullable Object> T reading(Function<Moment, T> read) {
        Moment moment = held();
        try {
            return read.apply(moment);
        } finally {
            moment.release();
        }
    }

    /** Puts another one in its place; only while it is not closed. */
    void replace(Moment next) {
        Moment before = newest.getAndSet(next);
        if (before != null) {
            before.release();
        }
    }

    /** From now on nothing is shown; null when that was so. Not released. */
    @Nullable
    Moment close() {
        return newest.getAndSet(null);
    }
}
