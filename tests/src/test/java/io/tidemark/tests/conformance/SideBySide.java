package io.tidemark.tests.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Asks two stores the same, one request after the other; reads that follow each other are under way together.
 *
 * <pre>
 *   put ─► both replied, compared ─► range, range, stream ─► all replied, compared ─► txn ─► ...
 * </pre>
 */
final class SideBySide {
    private static final Set<String> READS = Set.of("Range", "RangeStream", "LeaseTimeToLive", "LeaseLeases");
    private static final int READS_MOST = 32;
    /** Requests that are told when a store ended. */
    private static final int LAST = 12;

    private final Pair pair;
    private final String name;
    private final Known known = new Known();
    private final List<Call> asked = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();

    /**
     * @param asked up to the request at which the replies differed
     * @param differences none when they never did
     */
    record Run(List<Call> asked, List<Difference> differences) {
        boolean differs() {
            return !differences.isEmpty();
        }
    }

    private record Waiting(
            int number, Call call, CompletableFuture<Answer> expected, CompletableFuture<Answer> found) {}

    private SideBySide(Pair pair, String name) {
        this.pair = pair;
        this.name = name;
    }

    static Run run(Pair pair, String name, Iterable<Step> steps) throws IOException {
        return new SideBySide(pair, name).run(steps);
    }

    private Run run(Iterable<Step> steps) throws IOException {
        for (Step step : steps) {
            Call call = step.next(known);
            boolean read = READS.contains(call.method().descriptor().getName());
            if (!read || waiting.size() == READS_MOST) {
                compare();
            }
            if (differences.isEmpty()) {
                ask(call);
            }
            if (!read) {
                compare();
            }
            if (!differences.isEmpty()) {
                break;
            }
        }
        compare();
        checkAlive();
        return new Run(List.copyOf(asked), List.copyOf(differences));
    }

    private void checkAlive() throws IOException {
        try {
            pair.checkAlive();
        } catch (AssertionError e) {
            String last = asked.subList(Math.max(0, asked.size() - LAST), asked.size()).stream()
                    .map(Call::toString)
                    .collect(Collectors.joining("\n"));
            throw new AssertionError(name + ": the last that was asked is\n" + last, e);
        }
    }

    private void ask(Call call) {
        asked.add(call);
        byte[] request = call.request().toByteArray();
        String method = call.method().path();
        waiting.add(new Waiting(
                asked.size(),
                call,
                pair.expected().ask(method, request),
                pair.found().ask(method, request)));
    }

    private void compare() throws IOException {
        for (Waiting one : waiting) {
            Reply expected = Normalised.reply(one.call(), one.expected().join());
            Reply found = Normalised.reply(one.call(), one.found().join());
            known.learn(one.call(), expected);
            if (!expected.equals(found)) {
                checkAlive();
                differences.addAll(Replay.differences(name, one.number(), new Exchange(one.call(), expected), found));
            }
        }
        waiting.clear();
    }

    /** The same requests, whatever is replied. */
    static List<Step> steps(List<Call> calls) {
        return calls.stream().<Step>map(call -> known -> call).toList();
    }
}
