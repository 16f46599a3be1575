package io.tidemark.revision.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How many views are open, which is bounded. */
final class OpenViews {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    OpenViews(int most) {
        this.most = most;
    }

    /**
     * One more.
     *
     * @param held a moment that is held for it
     * @throws TooManyViewsException when there are as many as may be
     */
    View view(Supplier<Moment> held) {
        if (open.incrementAndGet() > most) {
            open.decrementAndGet();
            throw new TooManyViewsException(most);
        }
        try {
            return new MomentView(held.get(), open::decrementAndGet);
        } catch (IllegalStateException e) {
            open.decrementAndGet();
            throw e;
        }
    }

    int count() {
        return open.get();
    }
}
