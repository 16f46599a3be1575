package io.tidemark.topic;

import io.tidemark.topic.SchemaCatalogue.Entry;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Where codecs find the schema that a record was written with: the bundled catalogue, then the registry if there is one. */
final class SchemaSource {
    private final SchemaCatalogue catalogue;
    private volatile @Nullable SchemaRegistry registry;

    SchemaSource(SchemaCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    SchemaCatalogue catalogue() {
        return catalogue;
    }

    void ask(SchemaRegistry asked) {
        this.registry = asked;
    }

    /**
     * The schema under an id of a subject.
     *
     * @throws UnreadableRecordException when nobody knows it
     */
    Schema written(String subject, int id) {
        Optional<Entry> known = catalogue.find(subject, id);
        return known.isPresent() ? catalogue.schema(known.get()) : registered(subject, id);
    }

    private Schema registered(String subject, int id) {
        SchemaRegistry asked = registry;
        if (asked == null) {
            throw new UnreadableRecordException(subject + ": schema id " + id
                    + " is not in the catalogue of this version; was the record written by a newer Tidemark?");
        }
        try {
            return asked.find(subject, id)
                    .map(text -> new Schema.Parser().parse(text))
                    .orElseThrow(() -> new UnreadableRecordException(subject + ": schema id " + id
                            + " is neither in the catalogue of this version nor in the schema registry"));
        } catch (SchemaRegistryException e) {
            throw new UnreadableRecordException(
                    subject + ": schema id " + id + " is not in the catalogue of this version, and " + e.getMessage(),
                    e);
        }
    }
}
