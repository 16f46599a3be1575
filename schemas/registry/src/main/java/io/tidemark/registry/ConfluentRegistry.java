package io.tidemark.registry;

import io.tidemark.topic.SchemaCatalogue.Entry;
import io.tidemark.topic.SchemaRegistry;
import io.tidemark.topic.SchemaRegistryException;
import io.tidemark.topic.SchemaRegistryException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.ParsedSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * One registry. Schemas go in in its mode IMPORT, which takes the id and version given; a registry that ignores them
 * (Apicurio does) still ends with the catalogue's ids when it was empty, because the catalogue counts as registries do.
 */
final class ConfluentRegistry implements SchemaRegistry {
    private static final int SCHEMAS_CACHED = 100;
    private static final int NOT_FOUND = 404;
    private static final String IMPORT = "IMPORT";

    private final String url;
    private final SchemaRegistryClient client;

    private ConfluentRegistry(String url, SchemaRegistryClient client) {
        this.url = url;
        this.client = client;
    }

    static ConfluentRegistry at(String url, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> settings = Map.of(
                SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS, millis,
                SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS, millis);
        return new ConfluentRegistry(
                url,
                new CachedSchemaRegistryClient(
                        List.of(url), SCHEMAS_CACHED, List.of(new AvroSchemaProvider()), settings));
    }

    @Override
    public void ensure(Entry entry, String schema) throws SchemaRegistryException {
        AvroSchema wanted = new AvroSchema(schema);
        Optional<SchemaMetadata> held = ask(() -> client.getSchemaMetadata(entry.subject(), entry.version()));
        if (held.isEmpty()) {
            put(entry, wanted);
        } else if (held.get().getId() != entry.id()
                || !wanted.equals(new AvroSchema(held.get().getSchema()))) {
            throw conflict(
                    entry, "holds another schema there, with id " + held.get().getId());
        }
    }

    private void put(Entry entry, ParsedSchema schema) throws SchemaRegistryException {
        String subject = entry.subject();
        // a subject with versions takes further ones only when forced
        ask(() -> client.setMode(IMPORT, subject, entry.version() > 1));
        try {
            int given = ask(() -> client.register(subject, schema, entry.version(), entry.id()))
                    .orElseThrow(() -> conflict(entry, "does not take it"));
            if (given != entry.id()) {
                throw conflict(entry, "gave it id " + given + ": it was not empty, and ignores the id it is told");
            }
        } finally {
            ask(() -> {
                client.deleteMode(subject);
                return subject;
            });
        }
    }

    @Override
    public Optional<String> find(String subject, int id) throws SchemaRegistryException {
        boolean own = ask(() -> client.getAllSubjectsById(id))
                .filter(subjects -> subjects.contains(subject))
                .isPresent();
        return own
                ? ask(() -> client.getSchemaBySubjectAndId(subject, id)).map(ParsedSchema::canonicalString)
                : Optional.empty();
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException("the client of " + url + " does not end", e);
        }
    }

    private interface Question<T> {
        T ask() throws IOException, RestClientException;
    }

    /** The answer; empty when there is no such thing. */
    private <T> Optional<T> ask(Question<T> question) throws SchemaRegistryException {
        try {
            return Optional.of(question.ask());
        } catch (RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw new SchemaRegistryException(
                    Kind.REFUSED, "the schema registry " + url + " refused: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SchemaRegistryException(
                    Kind.UNREACHABLE, "the schema registry " + url + " does not answer: " + e.getMessage(), e);
        }
    }

    private SchemaRegistryException conflict(Entry entry, String what) {
        return new SchemaRegistryException(
                Kind.CONFLICT,
                "subject " + entry.subject() + " version " + entry.version() + " must have id " + entry.id()
                        + ", but the schema registry " + url + " " + what);
    }
}
