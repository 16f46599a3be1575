package io.tidemark.tests.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.tests.oracle.ShopRecording;
import io.tidemark.topic.SchemaCatalogue;
import io.tidemark.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An audit event as a Tidemark of the future writes it: its contract has a field that today's has not. */
final class NewerRecord {
    static final String SUBJECT = Topics.AUDIT_EVENTS.value().subject();
    private static final ObjectMapper JSON = new ObjectMapper();

    private NewerRecord() {}

    static Schema schema() throws IOException {
        SchemaCatalogue catalogue = SchemaCatalogue.bundled();
        SchemaCatalogue.Entry today = catalogue.entries().stream()
                .filter(entry -> entry.subject().equals(SUBJECT))
                .findFirst()
                .orElseThrow();
        ObjectNode newer = (ObjectNode) JSON.readTree(catalogue.text(today));
        newer.withArrayProperty("fields")
                .insertObject(0)
                .put("name", "region")
                .put("type", "string")
                .put("doc", "Where the cluster runs.")
                .put("default", "");
        return new Schema.Parser().parse(newer.toString());
    }

    /** Puts a version that nobody's catalogue has into the registry and gives back its id. */
    static int register(ApicurioProcess registry) throws IOException, InterruptedException {
        ObjectNode request = JSON.createObjectNode().put("schema", schema().toString());
        return JSON.readTree(registry.post("/subjects/" + SUBJECT + "/versions", request.toString()))
                .path("id")
                .asInt();
    }

    static ProducerRecord<byte[], byte[]> of(JsonNode event, int id) throws IOException {
        JsonNode object = event.path("objectRef");
        ObjectKey key = new ObjectKey(
                ShopRecording.CLUSTER,
                object.path("apiGroup").asText(),
                object.path("resource").asText(),
                object.path("namespace").asText(),
                object.path("name").asText());
        return new ProducerRecord<>(
                Topics.AUDIT_EVENTS.name(), Topics.AUDIT_EVENTS.key().encode(key), value(event, id));
    }

    private static byte[] value(JsonNode event, int id) throws IOException {
        Schema schema = schema();
        GenericRecord record = new GenericRecordBuilder(schema)
                .set("region", "eu-1")
                .set("cluster", ShopRecording.CLUSTER)
                .set("auditId", event.path("auditID").asText())
                .set(
                        "stage",
                        new GenericData.EnumSymbol(schema.getField("stage").schema(), "RESPONSE_COMPLETE"))
                .set("verb", event.path("verb").asText())
                .set("subresource", event.path("objectRef").path("subresource").asText())
                .set("receivedMicros", micros(event, "requestReceivedTimestamp"))
                .set("stageMicros", micros(event, "stageTimestamp"))
                .set("acceptedMicros", micros(event, "stageTimestamp"))
                .set("door", new GenericData.EnumSymbol(schema.getField("door").schema(), "FILE"))
                .set("event", ByteBuffer.wrap(event.toString().getBytes(StandardCharsets.UTF_8)))
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static long micros(JsonNode event, String field) {
        return ChronoUnit.MICROS.between(
                Instant.EPOCH, Instant.parse(event.path(field).asText()));
    }
}
