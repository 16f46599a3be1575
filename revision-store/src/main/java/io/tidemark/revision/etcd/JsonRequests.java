package io.tidemark.revision.etcd;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Messages from protobuf's JSON, as strict as etcd's gateway: a number is no text, a text no truth value. Names may be those of
 * the .proto file or in camel case, unknown ones are passed over, and so are unknown names of constants. Protobuf's own reader
 * for Java takes a number for bytes, and would write what etcd refuses.
 */
final class JsonRequests {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE) // the body has a bound
                    .build())
            .build();

    /** Of the largest number of 64 bits. */
    private static final int DIGITS_MAX = 20;

    private final JsonParser in;

    private JsonRequests(JsonParser in) {
        this.in = in;
    }

    /** There is something else where a message should be. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String text;

        UnreadableException(String text) {
            super(text);
            this.text = text;
        }

        /** As a client is told. */
        String text() {
            return text;
        }
    }

    /** The first message; one with nothing set when there is none. What follows is not looked at. */
    static Message first(byte[] body, Descriptor type) throws UnreadableException {
        List<Message> found = new ArrayList<>();
        read(body, type, 1, found);
        return found.isEmpty() ? DynamicMessage.getDefaultInstance(type) : found.getFirst();
    }

    /** Those of a stream, which ends, as etcd's, where something is no message. */
    static List<Message> all(byte[] body, Descriptor type) {
        List<Message> found = new ArrayList<>();
        try {
            read(body, type, Integer.MAX_VALUE, found);
        } catch (UnreadableException e) {
            return found;
        }
        return found;
    }

    private static void read(byte[] body, Descriptor type, int most, List<Message> found) throws UnreadableException {
        try (JsonParser in = JSON.createParser(body)) {
            while (found.size() < most && in.nextToken() != null) {
                found.add(new JsonRequests(in).message(type));
            }
        } catch (JsonEOFException e) {
            throw new UnreadableException("unexpected EOF");
        } catch (JsonProcessingException e) {
            throw new UnreadableException(e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()));
        }
    }

    private Message message(Descriptor type) throws IOException, UnreadableException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw unexpected();
        }
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        List<FieldDescriptor> seen = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            FieldDescriptor field = field(type, name);
            String where = where();
            if (field != null && seen.contains(field)) {
                throw at(where, "duplicate field \"" + name + "\"");
            }
            in.nextToken();
            if (field == null) {
                in.skipChildren();
            } else if (in.currentToken() != JsonToken.VALUE_NULL) {
                seen.add(field);
                OneofDescriptor choice = field.getContainingOneof();
                if (choice != null && message.hasOneof(choice)) {
                    throw at(
                            where, "error parsing \"" + name + "\", oneof " + choice.getFullName() + " is already set");
                }
                set(message, field);
            }
        }
        return message.build();
    }

    private static @Nullable FieldDescriptor field(Descriptor type, String name) {
        for (FieldDescriptor field : type.getFields()) {
            if (field.getName().equals(name) || field.getJsonName().equals(name)) {
                return field;
            }
        }
        return null;
    }

    private void set(DynamicMessage.Builder message, FieldDescriptor field) throws IOException, UnreadableException {
        if (!field.isRepeated()) {
            Object value = value(field);
            if (value != null) {
                message.setField(field, value);
            }
        } else if (in.currentToken() == JsonToken.START_ARRAY) {
            while (in.nextToken() != JsonToken.END_ARRAY) {
                Object value = value(field);
                if (value != null) {
                    message.addRepeatedField(field, value);
                }
            }
        } else {
            throw unexpected();
        }
    }

    /** Null when it is passed over. */
    private @Nullable Object value(FieldDescriptor field) throws IOException, UnreadableException {
        return switch (field.getType()) {
            case MESSAGE -> message(field.getMessageType());
            case INT64 -> number(field, 63, true).longValue();
            case UINT64 -> number(field, 64, false).longValue();
            case INT32 -> number(field, 31, true).intValue();
            case UINT32 -> number(field, 32, false).intValue();
            case BOOL -> truth(field);
            case STRING -> text(field);
            case BYTES -> bytes(field);
            case ENUM -> constant(field);
            default -> throw new IllegalStateException("no field of the etcd API is of type " + field.getType());
        };
    }

    /** As a number or as text. */
    private BigInteger number(FieldDescriptor field, int bits, boolean negative)
            throws IOException, UnreadableException {
        if (in.currentToken().isNumeric() || in.currentToken() == JsonToken.VALUE_STRING) {
            try {
                BigDecimal decimal = new BigDecimal(in.getText());
                if ((long) decimal.precision() - decimal.scale()
                        <= DIGITS_MAX) { // else it would be long before it is found too large
                    BigInteger number = decimal.toBigIntegerExact();
                    if (number.bitLength() <= bits && (negative || number.signum() >= 0)) {
                        return number;
                    }
                }
            } catch (ArithmeticException | NumberFormatException e) { // not whole, or no number
                throw invalid(field);
            }
        }
        throw invalid(field);
    }

    private boolean truth(FieldDescriptor field) throws IOException, UnreadableException {
        if (!in.currentToken().isBoolean()) {
            throw invalid(field);
        }
        return in.getBooleanValue();
    }

    private String text(FieldDescriptor field) throws IOException, UnreadableException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid(field);
        }
        return in.getText();
    }

    /** Base64 in either alphabet, padded or not. */
    private ByteString bytes(FieldDescriptor field) throws IOException, UnreadableException {
        String text = text(field);
        boolean url = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            return ByteString.copyFrom((url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
        } catch (IllegalArgumentException e) {
            throw invalid(field);
        }
    }

    private @Nullable EnumValueDescriptor constant(FieldDescriptor field) throws IOException, UnreadableException {
        EnumDescriptor type = field.getEnumType();
        if (in.currentToken() == JsonToken.VALUE_STRING) {
            return type.findValueByName(in.getText());
        }
        if (in.currentToken().isNumeric()) {
            return type.findValueByNumberCreatingIfUnknown(
                    number(field, 31, true).intValue());
        }
        throw invalid(field);
    }

    private UnreadableException invalid(FieldDescriptor field) throws IOException {
        String type = field.getType().name().toLowerCase(Locale.ROOT);
        return at(where(), "invalid value for " + type + " field " + field.getJsonName() + ": " + raw());
    }

    private UnreadableException unexpected() throws IOException {
        return new UnreadableException("proto: syntax error " + where() + ": unexpected token " + raw());
    }

    private static UnreadableException at(String where, String text) {
        return new UnreadableException("proto: " + where + ": " + text);
    }

    private String where() {
        return "(line " + in.currentTokenLocation().getLineNr() + ":"
                + in.currentTokenLocation().getColumnNr() + ")";
    }

    /** As it stands in the request. */
    private String raw() throws IOException {
        return in.currentToken() == JsonToken.VALUE_STRING ? "\"" + in.getText() + "\"" : in.getText();
    }
}
