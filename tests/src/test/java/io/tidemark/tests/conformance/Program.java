package io.tidemark.tests.conformance;

import java.util.List;

/**
 * Requests to a fresh store, one after another.
 *
 * @param name folder and name, such as {@code range/limits}
 * @param shows what its answers tell, in one sentence
 */
record Program(String name, String shows, List<Call> calls) {
    Program {
        if (!name.matches("[a-z]+/[a-zA-Z0-9]+")) {
            throw new IllegalArgumentException("a program is named folder/name, this one " + name);
        }
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("program " + name + " asks nothing");
        }
        calls = List.copyOf(calls);
    }
}
