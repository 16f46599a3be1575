package io.tidemark.tests.conformance;

import java.util.List;

/**
 * When a program goes on with a request that is not answered at once. Until then the next ones are asked.
 *
 * @param after how many requests later its answer is waited for; 0 for at once
 * @param leaves whether the client leaves then instead
 * @param hears of a stream that does not end: how many messages have to be there when it began, and after each request
 *     until then; the client leaves after the last
 */
record Later(int after, boolean leaves, List<Integer> hears) {
    /** Answered before anything else is asked. */
    static final Later NOT = new Later(0, false, List.of());

    Later {
        hears = List.copyOf(hears);
    }

    static Later answered(int after) {
        return new Later(after, false, List.of());
    }

    static Later given(int after) {
        return new Later(after, true, List.of());
    }

    static Later hears(Integer... messages) {
        return new Later(messages.length - 1, true, List.of(messages));
    }

    /** Messages that have to be there so many requests later. */
    int heard(int requests) {
        return hears.isEmpty() ? 0 : hears.get(requests);
    }
}
