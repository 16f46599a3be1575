package io.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.audit.ClusterKey;
import io.tidemark.topic.SchemaCatalogue.Entry;
import io.tidemark.topic.SchemaRegistryException.Kind;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchemaSourceTest {
    private static final String SUBJECT = "tidemark.audit.rejects-key";
    private static final String NEWER = """
            {"type": "record", "name": "ClusterKey", "namespace": "io.tidemark.schema.audit", "fields": [
              {"name": "region", "type": "string", "default": ""}, {"name": "cluster", "type": "string"}]}
            """;
    /** Id 900, then region "eu" and cluster "c". */
    private static final byte[] RECORD = {0, 0, 0, 3, (byte) 0x84, 4, 'e', 'u', 2, 'c'};

    private final SchemaSource source = new SchemaSource(SchemaCatalogue.bundled());
    private final AvroCodec<ClusterKey> codec = new AvroCodec<>(source, SUBJECT, ClusterKey.getClassSchema());

    /** Holds one schema under id 900. */
    private record OneSchema(String subject, String schema) implements SchemaRegistry {
        @Override
        public void ensure(Entry entry, String text) {}

        @Override
        public Optional<String> find(String asked, int id) throws SchemaRegistryException {
            if (schema.isEmpty()) {
                throw new SchemaRegistryException(Kind.UNREACHABLE, "the schema registry does not answer");
            }
            return Map.of(subject + 900, schema).entrySet().stream()
                    .filter(entry -> entry.getKey().equals(asked + id))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }

        @Override
        public void close() {}
    }

    @Test
    void readsWhatANewerVersionWroteOnceARegistryKnowsItsSchema() {
        source.ask(new OneSchema(SUBJECT, NEWER));

        assertThat(codec.decode(RECORD)).isEqualTo(new ClusterKey("c"));
    }

    @Test
    void refusesAnIdThatNobodyKnowsForThisSubject() {
        source.ask(new OneSchema("another-key", NEWER));

        assertThatThrownBy(() -> codec.decode(RECORD))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(SUBJECT + ": schema id 900 is neither in the catalogue");
    }

    @Test
    void asksAgainAfterTheRegistryDidNotAnswer() {
        source.ask(new OneSchema(SUBJECT, ""));
        assertThatThrownBy(() -> codec.decode(RECORD))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("the schema registry does not answer");
        source.ask(new OneSchema(SUBJECT, NEWER));

        assertThat(codec.decode(RECORD)).isEqualTo(new ClusterKey("c"));
    }

    @Test
    void needsNoRegistryForItsOwnRecords() {
        source.ask(new OneSchema(SUBJECT, ""));

        assertThat(codec.decode(codec.encode(new ClusterKey("c")))).isEqualTo(new ClusterKey("c"));
    }
}
