package io.tidemark.tests.conformance;

import io.grpc.Status;

/** What an endpoint says to a request. */
sealed interface Answer {
    /** The answer's message, as it was on the wire. */
    record Bytes(byte[] message) implements Answer {}

    /** A status other than OK. */
    record Refusal(Status.Code code, String text) implements Answer {}
}
