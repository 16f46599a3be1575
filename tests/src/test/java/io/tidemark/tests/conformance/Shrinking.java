package io.tidemark.tests.conformance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes smaller what fails, as long as it still fails: delta debugging (Zeller and Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002), without its step of keeping only one chunk.
 */
final class Shrinking {
    private int triesLeft;

    /** @param tries how often it is looked whether something smaller fails, at most */
    Shrinking(int tries) {
        triesLeft = tries;
    }

    /** Whether what it is asked for still fails. */
    @FunctionalInterface
    interface Failing<T> {
        boolean fails(T smaller) throws Exception;
    }

    private <T> boolean fails(Failing<T> failing, T smaller) throws Exception {
        return triesLeft-- > 0 && failing.fails(smaller);
    }

    /** A part of the list, in its order, that fails and of which no element can be left out. */
    <T> List<T> list(List<T> whole, Failing<List<T>> failing) throws Exception {
        List<T> left = whole;
        int size = Math.max(1, left.size() / 2);
        while (triesLeft > 0) {
            boolean smaller = false;
            // from the end: what comes late builds on what came before
            for (int from = left.size() - 1 - (left.size() - 1) % size; from >= 0; from -= size) {
                List<T> without = new ArrayList<>(left.subList(0, from));
                without.addAll(left.subList(Math.min(from + size, left.size()), left.size()));
                if (!without.isEmpty() && fails(failing, without)) {
                    left = without;
                    smaller = true;
                }
            }
            if (size == 1 && !smaller) {
                break;
            }
            size = Math.max(1, size / 2);
        }
        return left;
    }

    /** A message that fails with fields left out as far as possible. */
    Message message(Message whole, Failing<Message> failing) throws Exception {
        Message left = whole;
        boolean smaller = true;
        while (smaller && triesLeft > 0) {
            smaller = false;
            for (Message simpler : simpler(left)) {
                if (fails(failing, simpler)) {
                    left = simpler;
                    smaller = true;
                    break;
                }
            }
        }
        return left;
    }

    /** The message with one thing less, in all ways; what takes away more comes first. */
    static List<Message> simpler(Message message) {
        List<Message> all = new ArrayList<>();
        List<Message> below = new ArrayList<>();
        message.getAllFields().forEach((field, value) -> {
            all.add(message.toBuilder().clearField(field).build());
            if (field.isRepeated()) {
                elements(message, field, (List<?>) value, all, below);
            } else if (value instanceof Message inner) {
                simpler(inner)
                        .forEach(less -> below.add(
                                message.toBuilder().setField(field, less).build()));
            }
        });
        all.addAll(below);
        return all;
    }

    private static void elements(
            Message message, FieldDescriptor field, List<?> elements, List<Message> all, List<Message> below) {
        for (int i = 0; i < elements.size(); i++) {
            int at = i;
            List<?> others = IntStream.range(0, elements.size())
                    .filter(other -> other != at)
                    .mapToObj(elements::get)
                    .toList();
            all.add(message.toBuilder().setField(field, others).build());
            if (elements.get(at) instanceof Message inner) {
                simpler(inner)
                        .forEach(less -> below.add(message.toBuilder()
                                .setRepeatedField(field, at, less)
                                .build()));
            }
        }
    }
}
