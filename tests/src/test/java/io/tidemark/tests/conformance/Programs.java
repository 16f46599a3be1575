package io.tidemark.tests.conformance;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** All programs: named cases, each for one thing, and random ones. */
final class Programs {
    private static final int RANDOM_PROGRAMS = 40;
    private static final int RANDOM_REQUESTS = 300;

    private static final long DEFAULT_QUOTA = 2L * 1024 * 1024 * 1024;
    private static final long SMALL_QUOTA = 256 * 1024;

    private Programs() {}

    /** Bytes that the store may take which the program of a name is told to: etcd's default, little for those about that. */
    static long quota(String name) {
        return name.startsWith("quota/") ? SMALL_QUOTA : DEFAULT_QUOTA;
    }

    static List<Program> all() {
        return Stream.concat(named().stream(), random().stream()).toList();
    }

    static List<Program> named() {
        return Stream.of(
                        RangeCases.all(),
                        PutCases.all(),
                        TxnCases.all(),
                        TxnCheckCases.all(),
                        CompactCases.all(),
                        LeaseCases.all(),
                        MaintenanceCases.all(),
                        QuotaCases.all(),
                        AuthCases.all(),
                        AuthOnCases.all(),
                        WatchCases.all(),
                        LockCases.all(),
                        ElectionCases.all(),
                        FoundCases.all(),
                        RandomHistories.all())
                .flatMap(List::stream)
                .toList();
    }

    static List<Program> random() {
        return LongStream.rangeClosed(1, RANDOM_PROGRAMS)
                .mapToObj(seed -> random(seed, RANDOM_REQUESTS))
                .toList();
    }

    /** The program of a seed: the same on every machine. */
    static Program random(long seed, int requests) {
        Script script = new Script("random/seed" + seed, "random requests over few keys");
        RandomRequests random = new RandomRequests(seed);
        for (int i = 0; i < requests; i++) {
            script.ask(random.next());
        }
        return script.end();
    }
}
