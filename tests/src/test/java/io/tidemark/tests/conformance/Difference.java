package io.tidemark.tests.conformance;

/**
 * A reply that is not the recorded one.
 *
 * @param program which program
 * @param request the request's number in it, from 1
 * @param call the request
 * @param field path of the field in the response; {@code status} when one side refused
 */
record Difference(String program, int request, Call call, String field, String expected, String found) {
    @Override
    public String toString() {
        return "%s, request %d: %s%n    %s: expected %s, found %s"
                .formatted(program, request, call, field, expected, found);
    }
}
