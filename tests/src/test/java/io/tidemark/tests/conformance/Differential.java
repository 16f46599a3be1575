package io.tidemark.tests.conformance;

import io.tidemark.tests.conformance.SideBySide.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Random programs to two stores, and the least program for which their replies differ. */
final class Differential {
    private static final int TRIES = Integer.getInteger("tidemark.differential.tries", 300);

    private final Fresh fresh;
    private final Predicate<Call> asked;

    /** Makes two stores with nothing in them. */
    @FunctionalInterface
    interface Fresh {
        Pair pair() throws Exception;
    }

    /** @param asked what of the requests is sent */
    Differential(Fresh fresh, Predicate<Call> asked) {
        this.fresh = fresh;
        this.asked = asked;
    }

    /**
     * What a seed's program comes to.
     *
     * @return null when all replies are the same, else what to tell
     */
    @Nullable
    String difference(long seed, int requests) throws Exception {
        Run run;
        try (Pair pair = fresh.pair()) {
            run = SideBySide.run(pair, "seed " + seed, steps(seed, requests));
        }
        return run.differs() ? report(seed, least(seed, run)) : null;
    }

    /** Each request hangs on a seed of its own and on what is known by then, so that others can be left out. */
    private List<Step> steps(long seed, int requests) {
        Alphabet alphabet = Alphabet.of(seed);
        List<Step> steps = new ArrayList<>();
        Random seeds = new Random(seed);
        for (int i = 0; i < requests; i++) {
            long own = seeds.nextLong();
            steps.add(known -> {
                Random again = new Random(own);
                Call call = LiveRequests.next(own, alphabet, known);
                while (!asked.test(call)) {
                    call = LiveRequests.next(again.nextLong(), alphabet, known);
                }
                return call;
            });
        }
        return steps;
    }

    private Run least(long seed, Run found) throws Exception {
        Shrinking shrinking = new Shrinking(TRIES);
        List<Step> steps = shrinking.list(
                steps(seed, found.asked().size()), some -> run(some).differs());
        List<Call> calls = new ArrayList<>(run(steps).asked());
        for (int i = 0; i < calls.size(); i++) {
            int at = i;
            Call call = calls.get(at);
            calls.set(
                    at,
                    Call.to(
                            call.method(),
                            shrinking.message(
                                    call.request(),
                                    simpler -> run(SideBySide.steps(with(calls, at, Call.to(call.method(), simpler))))
                                            .differs())));
        }
        Run least = run(SideBySide.steps(calls));
        return least.differs() ? least : found;
    }

    private static List<Call> with(List<Call> calls, int at, Call other) {
        List<Call> changed = new ArrayList<>(calls);
        changed.set(at, other);
        return changed;
    }

    private Run run(List<Step> steps) throws Exception {
        try (Pair pair = fresh.pair()) {
            return SideBySide.run(pair, "found/byChance", steps);
        }
    }

    private static String report(long seed, Run least) {
        String lines = least.asked().stream()
                .map(call -> "    " + call.toString().replace("\\", "\\\\"))
                .collect(Collectors.joining("\n"));
        return """
                The replies differ for seed %d (-Dtidemark.seed). The least program for which they do:

                new Script("found/byChance", "...").askAll(\"""
                %s
                \""").end()

                %s""".formatted(
                        seed,
                        lines,
                        least.differences().stream().map(Difference::toString).collect(Collectors.joining("\n")));
    }
}
