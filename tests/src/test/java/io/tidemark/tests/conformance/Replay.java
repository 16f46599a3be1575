package io.tidemark.tests.conformance;

import io.tidemark.tests.conformance.Reply.Refused;
import io.tidemark.tests.conformance.Reply.Replied;
import io.tidemark.tests.conformance.Reply.Unreadable;
import java.util.ArrayList;
import java.util.List;

/** Asks an endpoint what a real etcd was asked, and compares. */
final class Replay {
    private Replay() {}

    /** Differences in the order of requests; {@code endpoint} must serve a fresh store. */
    static List<Difference> differences(Transcript transcript, EtcdEndpoint endpoint) {
        List<Difference> differences = new ArrayList<>();
        List<Reply> found = new Session(endpoint).replies(transcript.program().calls());
        for (int i = 0; i < found.size(); i++) {
            differences.addAll(
                    differences(transcript.name(), i + 1, transcript.exchanges().get(i), found.get(i)));
        }
        return differences;
    }

    static List<Difference> differences(String program, int number, Exchange expected, Reply found) {
        return fields(expected.reply(), found).stream()
                .map(field ->
                        new Difference(program, number, expected.call(), field.path(), field.expected(), field.found()))
                .toList();
    }

    private static List<FieldDifference> fields(Reply expected, Reply found) {
        if (expected instanceof Replied told && found instanceof Replied other) {
            return FieldDifference.between(told.message(), other.message());
        }
        return expected.equals(found)
                ? List.of()
                : List.of(new FieldDifference("status", describe(expected), describe(found)));
    }

    private static String describe(Reply reply) {
        return switch (reply) {
            case Replied replied -> "OK with {" + FieldDifference.text(replied.message()) + "}";
            case Refused refused -> refused.code() + " \"" + refused.text() + "\"";
            case Unreadable unreadable -> "unreadable bytes: " + unreadable.why();
        };
    }
}
