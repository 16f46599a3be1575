package io.tidemark.tests.bench.store;

import java.util.function.Function;

/**
 * One measurement.
 *
 * @param name what is asked, of which size, by how many at the same time
 * @param slots calls at the same time
 * @param load puts what is needed into the server, before the time that is measured
 */
record Case(String name, int slots, Function<Loader, Workload> load) {}
