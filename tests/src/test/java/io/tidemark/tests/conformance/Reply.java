package io.tidemark.tests.conformance;

import com.google.protobuf.Message;
import io.grpc.Status;

/** An {@link Answer} without what differs from one run to the next: see {@link Normalised}. */
sealed interface Reply {
    /** A message. */
    record Replied(Message message) implements Reply {}

    /** A status other than OK, with its exact text. */
    record Refused(Status.Code code, String text) implements Reply {}

    /** Bytes that are not the method's response, or say more than our messages know. */
    record Unreadable(String why) implements Reply {}
}
