package io.tidemark.tests.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every way to change a message in one place: a value, or that a message or an element is there. */
final class Alterations {
    /**
     * A changed message.
     *
     * @param path of the field that was changed
     */
    record Altered(String path, Message message) {}

    private Alterations() {}

    static List<Altered> of(Message message) {
        List<Altered> all = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.isRepeated()) {
                ofElements(message, field, (List<?>) entry.getValue(), all);
            } else {
                all.add(new Altered(
                        field.getName(), message.toBuilder().clearField(field).build()));
                for (Value value : values(entry.getValue())) {
                    Message altered =
                            message.toBuilder().setField(field, value.value()).build();
                    all.add(new Altered(field.getName() + value.path(), altered));
                }
            }
        }
        return all;
    }

    private static void ofElements(Message message, FieldDescriptor field, List<?> elements, List<Altered> all) {
        int last = elements.size() - 1;
        all.add(new Altered(
                field.getName() + "[" + last + "]",
                message.toBuilder().setField(field, elements.subList(0, last)).build()));
        all.add(new Altered(
                field.getName() + "[" + (last + 1) + "]",
                message.toBuilder().addRepeatedField(field, elements.getLast()).build()));
        for (int i = 0; i <= last; i++) {
            for (Value value : values(elements.get(i))) {
                all.add(new Altered(
                        field.getName() + "[" + i + "]" + value.path(),
                        message.toBuilder()
                                .setRepeatedField(field, i, value.value())
                                .build()));
            }
        }
    }

    private record Value(String path, Object value) {}

    private static List<Value> values(Object value) {
        return switch (value) {
            case Message message ->
                of(message).stream()
                        .map(altered -> new Value("." + altered.path(), altered.message()))
                        .toList();
            case Long number -> List.of(new Value("", number + 1));
            case Integer number -> List.of(new Value("", number + 1));
            case Boolean flag -> List.of(new Value("", !flag));
            case String text -> List.of(new Value("", text + "."));
            case ByteString bytes -> List.of(new Value("", lastBitFlipped(bytes)));
            case EnumValueDescriptor constant -> List.of(new Value("", another(constant)));
            default -> throw new IllegalArgumentException("no such field: " + value.getClass());
        };
    }

    private static ByteString lastBitFlipped(ByteString bytes) {
        byte[] altered = bytes.isEmpty() ? new byte[1] : bytes.toByteArray();
        altered[altered.length - 1] ^= 1;
        return ByteString.copyFrom(altered);
    }

    private static EnumValueDescriptor another(EnumValueDescriptor constant) {
        List<EnumValueDescriptor> all = constant.getType().getValues();
        return all.get((all.indexOf(constant) + 1) % all.size());
    }
}
