package io.tidemark.tests.bench.store;

import org.jspecify.annotations.Nullable;

/** What clients ask one server; as many slots as there are calls at the same time, each with one call at a time. */
interface Workload {
    /** The next call of a slot; nothing when there is no more to do. */
    @Nullable
    Step next(int slot);
}
