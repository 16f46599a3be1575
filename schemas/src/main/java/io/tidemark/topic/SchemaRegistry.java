package io.tidemark.topic;

import java.util.Optional;

/**
 * A schema registry that others ask: told of the bundled catalogue, and asked for what the catalogue does not know.
 * Implementations come from {@link SchemaRegistries}; they are safe for use by many threads, and every call ends within
 * the timeout of its settings.
 */
public interface SchemaRegistry extends AutoCloseable {
    /**
     * Makes the registry hold a version of a subject under its id; changes nothing when it does already.
     *
     * @param schema Avro schema as JSON text
     * @throws SchemaRegistryException CONFLICT when the registry holds something else there
     */
    void ensure(SchemaCatalogue.Entry entry, String schema) throws SchemaRegistryException;

    /** The schema, as JSON text, under an id; empty when the id is unknown or stands for no version of the subject. */
    Optional<String> find(String subject, int id) throws SchemaRegistryException;

    @Override
    void close();
}
