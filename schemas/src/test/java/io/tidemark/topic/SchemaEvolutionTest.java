package io.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/**
 * Contracts may grow but never strand a log: today's schema reads every released one, and a released copy never
 * changes. Copies lie in released/SUBJECT/vN.avsc; their hashes in released/SHA256SUMS, in the format of sha256sum.
 */
class SchemaEvolutionTest {
    private static final Path RELEASED = Path.of("src/main/resources/io/tidemark/topic/released");

    private static Map<String, Schema> current() {
        Map<String, Schema> schemas = new TreeMap<>();
        for (Topic<?, ?> topic : Topics.ALL) {
            schemas.put(topic.key().subject(), topic.key().schema());
            schemas.put(topic.value().subject(), topic.value().schema());
        }
        return schemas;
    }

    private static List<Path> released() throws IOException {
        if (!Files.exists(RELEASED)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static List<String> fieldsWithoutDoc(Schema schema) {
        List<String> found = new ArrayList<>();
        collect(schema, new HashSet<>(), found);
        return found;
    }

    private static void collect(Schema schema, Set<String> seen, List<String> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    for (Schema.Field field : schema.getFields()) {
                        if (field.doc() == null || field.doc().isBlank()) {
                            found.add(schema.getFullName() + "." + field.name());
                        }
                        collect(field.schema(), seen, found);
                    }
                }
            }
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, seen, found));
            case ARRAY -> collect(schema.getElementType(), seen, found);
            case MAP -> collect(schema.getValueType(), seen, found);
            default -> {}
        }
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(hash);
    }

    @Test
    void everyFieldOfEveryContractSaysWhatItIs() {
        current()
                .forEach((subject, schema) ->
                        assertThat(fieldsWithoutDoc(schema)).as(subject).isEmpty());
    }

    @Test
    void everySchemaReadsAllReleasedVersionsOfItsSubject() throws IOException {
        for (Path file : released()) {
            String subject = file.getParent().getFileName().toString();
            Schema reader = current().get(subject);
            assertThat(reader).as("%s belongs to no topic", file).isNotNull();
            assertThat(reads(reader, new Schema.Parser().parse(Files.readString(file))))
                    .as("today's %s cannot read what %s wrote", subject, file)
                    .isTrue();
        }
    }

    @Test
    void releasedCopiesAreWhatTheirHashesSay() throws Exception {
        Map<String, String> actual = new TreeMap<>();
        for (Path file : released()) {
            actual.put(RELEASED.relativize(file).toString(), sha256(file));
        }
        Map<String, String> listed = new TreeMap<>();
        Path sums = RELEASED.resolve("SHA256SUMS");
        if (Files.exists(sums)) {
            Files.readAllLines(sums).forEach(line -> listed.put(line.substring(66), line.substring(0, 64)));
        }
        assertThat(actual)
                .as("released copies are frozen: add a version instead")
                .isEqualTo(listed);
    }

    @Test
    void everyVersionButTheNewestHasAReleasedCopy() {
        SchemaCatalogue catalogue = SchemaCatalogue.bundled();
        assertThat(catalogue.entries())
                .filteredOn(entry -> !entry.equals(catalogue.newest(entry.subject())))
                .allSatisfy(entry -> assertThat(RELEASED.resolve(entry.subject() + "/v" + entry.version() + ".avsc"))
                        .exists());
    }

    @Test
    void theCatalogueHasTheSubjectsOfTheTopicsAndNoOthers() {
        assertThat(SchemaCatalogue.bundled().entries())
                .extracting(SchemaCatalogue.Entry::subject)
                .containsAll(current().keySet())
                .allMatch(current()::containsKey);
    }

    @Test
    void noticesAFieldWithoutDocInANestedRecord() {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "A", "fields": [{"name": "b", "doc": "B.", "type": ["null", {"type": "array",
                  "items": {"type": "record", "name": "C", "fields": [{"name": "d", "type": "int"}]}}]}]}
                """);

        assertThat(fieldsWithoutDoc(schema)).containsExactly("C.d");
    }

    @Test
    void noticesANewFieldWithoutDefault() {
        Schema before = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"A\",\"fields\":[]}");
        Schema after = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"b\",\"type\":\"int\"}]}");

        assertThat(reads(after, before)).isFalse();
        assertThat(reads(before, after)).isTrue();
    }
}
