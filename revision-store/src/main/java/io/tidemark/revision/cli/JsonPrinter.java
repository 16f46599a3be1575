package io.tidemark.revision.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.LeaseGrantResponse;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveResponse;
import io.tidemark.revision.etcd.proto.LeaseLeasesResponse;
import io.tidemark.revision.etcd.proto.LeaseRevokeResponse;
import io.tidemark.revision.etcd.proto.LeaseStatus;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.tidemark.revision.etcd.proto.ResponseOp;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Answers as JSON, one line each, bytes in base64: the messages with their fields' names, what is not set left out. Of
 * leases, etcdctl prints its client's structures instead, in which the header's fields stand beside the others.
 */
final class JsonPrinter implements Printer {
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;

    JsonPrinter(PrintStream out) {
        this.out = out;
    }

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    @Override
    public void range(RangeResponse answer) {
        line(json -> message(json, answer));
    }

    @Override
    public void put(PutResponse answer) {
        line(json -> message(json, answer));
    }

    @Override
    public void delete(DeleteRangeResponse answer) {
        line(json -> message(json, answer));
    }

    @Override
    public void txn(TxnResponse answer) {
        line(json -> message(json, answer));
    }

    /** As its client has it; of no events etcdctl prints null. */
    @Override
    public void watched(WatchResponse answer) {
        line(json -> {
            json.writeStartObject();
            json.writeFieldName("Header");
            message(json, answer.getHeader());
            json.writeFieldName("Events");
            if (answer.getEventsCount() == 0) {
                json.writeNull();
            } else {
                json.writeStartArray();
                for (Event event : answer.getEventsList()) {
                    message(json, event);
                }
                json.writeEndArray();
            }
            json.writeNumberField("CompactRevision", answer.getCompactRevision());
            json.writeBooleanField("Canceled", answer.getCanceled());
            json.writeBooleanField("Created", answer.getCreated());
            json.writeStringField("CancelReason", answer.getCancelReason());
            json.writeEndObject();
        });
    }

    @Override
    public void granted(LeaseGrantResponse answer) {
        lease(answer.getHeader(), json -> {
            json.writeNumberField("ID", answer.getID());
            json.writeNumberField("TTL", answer.getTTL());
            json.writeStringField("Error", answer.getError());
        });
    }

    @Override
    public void revoked(long lease, LeaseRevokeResponse answer) {
        line(json -> message(json, answer));
    }

    @Override
    public void keptAlive(LeaseKeepAliveResponse answer) {
        lease(answer.getHeader(), json -> {
            json.writeNumberField("ID", answer.getID());
            json.writeNumberField("TTL", answer.getTTL());
        });
    }

    @Override
    public void timeToLive(LeaseTimeToLiveResponse answer, boolean keys) {
        lease(answer.getHeader(), json -> {
            json.writeNumberField("id", answer.getID());
            json.writeNumberField("ttl", answer.getTTL());
            json.writeNumberField("granted-ttl", answer.getGrantedTTL());
            if (answer.getKeysCount() == 0) {
                json.writeNullField("keys");
                return;
            }
            json.writeArrayFieldStart("keys");
            for (ByteString key : answer.getKeysList()) {
                json.writeBinary(key.toByteArray());
            }
            json.writeEndArray();
        });
    }

    @Override
    public void leases(LeaseLeasesResponse answer) {
        lease(answer.getHeader(), json -> {
            json.writeArrayFieldStart("leases");
            for (LeaseStatus lease : answer.getLeasesList()) {
                json.writeStartObject();
                json.writeNumberField("id", lease.getID());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    @Override
    public void gone(long lease) {
        // no answer, nothing to print
    }

    private void lease(ResponseHeader header, Body fields) {
        line(json -> {
            json.writeStartObject();
            fields(json, header);
            fields.write(json);
            json.writeEndObject();
        });
    }

    private void line(Body body) {
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.print("\n");
    }

    private static void message(JsonGenerator json, Message message) throws IOException {
        json.writeStartObject();
        if (message instanceof ResponseOp part) {
            json.writeFieldName("Response");
            json.writeStartObject();
            fields(json, part);
            json.writeEndObject();
        } else {
            fields(json, message);
        }
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Message message) throws IOException {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            json.writeFieldName(field.getKey().getName());
            boolean unsigned = field.getKey().getType() == FieldDescriptor.Type.UINT64;
            if (field.getValue() instanceof List<?> list) {
                json.writeStartArray();
                for (Object each : list) {
                    value(json, each, unsigned);
                }
                json.writeEndArray();
            } else {
                value(json, field.getValue(), unsigned);
            }
        }
    }

    private static void value(JsonGenerator json, Object value, boolean unsigned) throws IOException {
        switch (value) {
            case Message message -> message(json, message);
            case ByteString bytes -> json.writeBinary(bytes.toByteArray());
            case Boolean flag -> json.writeBoolean(flag);
            case EnumValueDescriptor constant -> json.writeNumber(constant.getNumber());
            case Number number ->
                json.writeNumber(
                        unsigned
                                ? new BigInteger(Long.toUnsignedString(number.longValue()))
                                : BigInteger.valueOf(number.longValue()));
            default -> json.writeString(value.toString());
        }
    }
}
