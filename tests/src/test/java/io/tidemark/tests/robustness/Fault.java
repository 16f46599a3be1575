package io.tidemark.tests.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that happens to a platform while it is fed.
 *
 * @param kind what
 * @param atList it happens when so many lists were answered
 * @param delayMillis and so much later
 * @param lastsMillis how long a process is held, or how far into the next start the second kill comes
 */
record Fault(Kind kind, int atList, long delayMillis, long lastsMillis) {
    /** With the embedded broker's shortest session timeout, its controller gives up on it during this. */
    private static final long LONGER_THAN_A_SESSION_MILLIS = 8_000;

    enum Kind {
        KILL_CORE,
        KILL_CORRELATOR,
        /** The second kill comes while it starts. */
        KILL_CORE_TWICE,
        STOP_CORE,
        STOP_CORRELATOR,
        /** The correlator is held while the core is killed, and wakes up beside its successor. */
        WAKE_ORPHAN;

        boolean kills() {
            return this != STOP_CORE && this != STOP_CORRELATOR;
        }
    }

    private static final List<Kind> KILLS =
            List.of(Kind.KILL_CORE, Kind.KILL_CORE, Kind.KILL_CORRELATOR, Kind.KILL_CORRELATOR, Kind.KILL_CORE_TWICE);
    private static final List<Kind> OTHERS =
            List.of(Kind.STOP_CORE, Kind.STOP_CORRELATOR, Kind.WAKE_ORPHAN, Kind.KILL_CORRELATOR);

    /** One kill or two, sometimes with another fault, while so many lists are fed. */
    static List<Fault> plan(Random random, int lists) {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(KILLS.get(random.nextInt(KILLS.size())));
        if (random.nextBoolean()) {
            kinds.add(random.nextInt(2), OTHERS.get(random.nextInt(OTHERS.size())));
        }
        if (random.nextInt(3) == 0) {
            kinds.add(KILLS.get(random.nextInt(KILLS.size())));
        }
        int[] moments = random.ints(kinds.size(), 0, lists).sorted().toArray();
        List<Fault> plan = new ArrayList<>();
        for (Kind kind : kinds) {
            long lasts = kind == Kind.STOP_CORE && random.nextInt(4) == 0
                    ? LONGER_THAN_A_SESSION_MILLIS
                    : random.nextLong(50, 2_500);
            plan.add(new Fault(kind, moments[plan.size()], random.nextLong(400), lasts));
        }
        return plan;
    }
}
