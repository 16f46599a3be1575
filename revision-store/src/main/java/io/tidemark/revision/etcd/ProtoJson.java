package io.tidemark.revision.etcd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Messages as protobuf's JSON, the way etcd's gateway writes it: names as in the .proto file, numbers of 64 bits as text, bytes
 * in base64, nothing for what has its default value.
 *
 * <pre>
 *   {"header":{"revision":"2"},"kvs":[{"key":"YQ==","version":"1"}],"count":"1"}
 * </pre>
 */
final class ProtoJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ProtoJson() {}

    static Buffer of(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException("an array has room", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void write(Message message, JsonGenerator out) throws IOException {
        out.writeStartObject();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            out.writeFieldName(field.getKey().getName());
            if (field.getValue() instanceof List<?> elements) {
                out.writeStartArray();
                for (Object element : elements) {
                    value(field.getKey(), element, out);
                }
                out.writeEndArray();
            } else {
                value(field.getKey(), field.getValue(), out);
            }
        }
        out.writeEndObject();
    }

    private static void value(FieldDescriptor field, Object value, JsonGenerator out) throws IOException {
        switch (value) {
            case Message message -> write(message, out);
            case ByteString bytes -> out.writeBinary(bytes.toByteArray());
            case EnumValueDescriptor constant -> constant(constant, out);
            case Boolean flag -> out.writeBoolean(flag);
            case Long number ->
                out.writeString(isUnsigned(field) ? Long.toUnsignedString(number) : Long.toString(number));
            case Integer number -> out.writeNumber(isUnsigned(field) ? Integer.toUnsignedLong(number) : number);
            default -> out.writeString(value.toString());
        }
    }

    private static boolean isUnsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }

    /** One without a name is its number. */
    private static void constant(EnumValueDescriptor constant, JsonGenerator out) throws IOException {
        if (constant.getIndex() < 0) {
            out.writeNumber(constant.getNumber());
        } else {
            out.writeString(constant.getName());
        }
    }
}
