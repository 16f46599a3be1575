package io.tidemark.tests.example;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.KeyValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Reads one keyspace's records of {@code tidemark.kv.transactions}, from the beginning and in their order. Knows nothing of
 * Tidemark but the Avro schema, and {@code mvccpb.KeyValue}, which any client of etcd brings along.
 */
public final class KeyspaceReader {
    /** Confluent's wire format: a zero, and four bytes of the schema's id. */
    private static final int HEAD_BYTES = 5;

    private final GenericDatumReader<GenericRecord> records;
    private long epoch;

    /**
     * What became of a key.
     *
     * @param version of a deleted key, the key and the revision alone
     */
    public record Event(boolean deletion, KeyValue version) {}

    /** @param schema that of {@code KvTransaction.avsc} */
    public KeyspaceReader(Schema schema) {
        this.records = new GenericDatumReader<>(schema);
    }

    /**
     * What a record says was written.
     *
     * @param value of the record
     * @throws IOException when it is none of the topic
     */
    public List<Event> read(byte[] value) throws IOException {
        GenericRecord record = records.read(
                null, DecoderFactory.get().binaryDecoder(value, HEAD_BYTES, value.length - HEAD_BYTES, null));
        long written = (long) record.get("epoch");
        GenericRecord content = (GenericRecord) record.get("content");
        if (content.getSchema().getName().equals("Barrier")) {
            // another node writes from here on; epoch 0 is a mark of somebody who looked for the log's end
            epoch = Math.max(epoch, written);
            return List.of();
        }
        if (written < epoch) {
            return List.of(); // of a writer that did not know yet that it was replaced: it never happened
        }
        return switch (content.getSchema().getName()) {
            case "Write" -> changes(content);
            case "Loaded" -> loaded(content);
            default -> List.of(); // compactions, leases, alarms, users
        };
    }

    /** A history that was brought from elsewhere: several revisions in one record. */
    private static List<Event> loaded(GenericRecord content) throws InvalidProtocolBufferException {
        List<Event> events = new ArrayList<>();
        for (Object revision : (List<?>) content.get("revisions")) {
            events.addAll(changes((GenericRecord) revision));
        }
        return events;
    }

    private static List<Event> changes(GenericRecord of) throws InvalidProtocolBufferException {
        List<Event> events = new ArrayList<>();
        for (Object each : (List<?>) of.get("changes")) {
            GenericRecord change = (GenericRecord) each;
            events.add(
                    new Event((boolean) change.get("delete"), KeyValue.parseFrom((ByteBuffer) change.get("keyValue"))));
        }
        return events;
    }
}
