package io.tidemark.tests.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * A field in which two messages of one type differ.
 *
 * @param path such as {@code responses[1].response_put.prev_kv.lease}
 */
record FieldDifference(String path, String expected, String found) {
    private static final String ABSENT = "nothing";

    static List<FieldDifference> between(Message expected, Message found) {
        List<FieldDifference> differences = new ArrayList<>();
        compare("", expected, found, differences);
        // what a comparison by fields overlooks must not pass for equal
        if (differences.isEmpty() && !expected.toByteString().equals(found.toByteString())) {
            differences.add(new FieldDifference("(bytes)", text(expected), text(found)));
        }
        return differences;
    }

    private static void compare(String prefix, Message expected, Message found, List<FieldDifference> into) {
        for (FieldDescriptor field : expected.getDescriptorForType().getFields()) {
            String path = prefix + field.getName();
            if (field.isRepeated()) {
                compareAll(path, (List<?>) expected.getField(field), (List<?>) found.getField(field), into);
            } else if (field.hasPresence() && expected.hasField(field) != found.hasField(field)) {
                into.add(new FieldDifference(path, present(expected, field), present(found, field)));
            } else {
                compareValue(path, expected.getField(field), found.getField(field), into);
            }
        }
    }

    private static void compareAll(String path, List<?> expected, List<?> found, List<FieldDifference> into) {
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String element = path + "[" + i + "]";
            if (i >= expected.size()) {
                into.add(new FieldDifference(element, ABSENT, text(found.get(i))));
            } else if (i >= found.size()) {
                into.add(new FieldDifference(element, text(expected.get(i)), ABSENT));
            } else {
                compareValue(element, expected.get(i), found.get(i), into);
            }
        }
    }

    private static void compareValue(String path, Object expected, Object found, List<FieldDifference> into) {
        if (expected instanceof Message message) {
            compare(path + ".", message, (Message) found, into);
        } else if (!expected.equals(found)) {
            into.add(new FieldDifference(path, text(expected), text(found)));
        }
    }

    private static String present(Message message, FieldDescriptor field) {
        return message.hasField(field) ? text(message.getField(field)) : ABSENT;
    }

    static String text(Object value) {
        return switch (value) {
            case Message message ->
                TextFormat.printer().emittingSingleLine(true).printToString(message);
            case ByteString bytes -> "\"" + TextFormat.escapeBytes(bytes) + "\"";
            default -> value.toString();
        };
    }
}
