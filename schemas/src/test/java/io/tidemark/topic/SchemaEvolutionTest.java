package io.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.topic.SchemaCatalogue.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/**
 * Contracts may grow but never strand a log: a released copy never changes, today's contract is the newest released one,
 * and it reads all the others. Copies lie in released/SUBJECT/vN.avsc, their hashes in released/SHA256SUMS, in the format
 * of sha256sum.
 */
class SchemaEvolutionTest {
    private static final Path SOURCES = Path.of("src/main/avro");
    private static final Path RELEASED = Path.of("src/main/resources/io/tidemark/topic/released");
    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.bundled();

    /** Contracts as they are written, by subject. */
    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> byName = new HashMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".avsc"))
                    .forEach(file -> byName.put(parse(file).getFullName(), file));
        }
        Map<String, Path> bySubject = new TreeMap<>();
        for (Topic<?, ?> topic : Topics.ALL) {
            for (AvroCodec<?> codec : List.of(topic.key(), topic.value())) {
                bySubject.put(codec.subject(), byName.get(codec.schema().getFullName()));
            }
        }
        return bySubject;
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    private static Path copy(Entry entry) {
        return RELEASED.resolve(entry.subject()).resolve("v" + entry.version() + ".avsc");
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static int nextId() {
        return 1 + CATALOGUE.entries().stream().mapToInt(Entry::id).max().orElse(0);
    }

    @Test
    void everyFieldSaysWhatItIsAndEveryNumberOfWhat() {
        for (Topic<?, ?> topic : Topics.ALL) {
            for (AvroCodec<?> codec : List.of(topic.key(), topic.value())) {
                ContractDocs docs = ContractDocs.of(codec.schema());
                assertThat(docs.undocumented()).as("give it a \"doc\"").isEmpty();
                assertThat(docs.withoutUnit())
                        .as("name it ...Micros or ...Bytes, give it a logical type or a \"unit\"")
                        .isEmpty();
            }
        }
    }

    @Test
    void todaysContractsAreTheNewestReleasedOnes() throws IOException {
        for (Map.Entry<String, Path> source : sources().entrySet()) {
            Entry newest = CATALOGUE.newest(source.getKey());
            Entry next = new Entry(newest.subject(), newest.version() + 1, nextId());
            assertThat(parse(source.getValue()))
                    .as(
                            """
                            %s is not what was released as %s.
                            Records with that schema lie in logs, so it stays as it is. To release a new one:
                              1. add this line to catalogue.tsv, with tabs: %s %d %d
                                 (another subject with the same contract gets a line with the same id)
                              2. cp schemas/%s schemas/%s
                              3. cd schemas/%s && sha256sum */v*.avsc > SHA256SUMS
                            """,
                            source.getValue(),
                            copy(newest),
                            next.subject(),
                            next.version(),
                            next.id(),
                            source.getValue(),
                            copy(next),
                            RELEASED)
                    .isEqualTo(parse(copy(newest)));
        }
    }

    @Test
    void todaysContractsReadAllReleasedVersions() {
        for (Entry entry : CATALOGUE.entries()) {
            Schema newest = parse(copy(CATALOGUE.newest(entry.subject())));
            assertThat(reads(newest, parse(copy(entry))))
                    .as("today's %s cannot read what %s wrote: give new fields a default", entry.subject(), copy(entry))
                    .isTrue();
        }
    }

    @Test
    void releasedCopiesAreWhatTheirHashesSayAndTheCatalogueNamesThemAll() throws Exception {
        Map<String, String> actual = new TreeMap<>();
        try (Stream<Path> files = Files.walk(RELEASED)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".avsc")).toList()) {
                actual.put(RELEASED.relativize(file).toString(), sha256(file));
            }
        }
        Map<String, String> listed = new TreeMap<>();
        Files.readAllLines(RELEASED.resolve("SHA256SUMS"))
                .forEach(line -> listed.put(line.substring(66), line.substring(0, 64)));
        assertThat(actual)
                .as("released copies are frozen: put the old text back, and add a version instead")
                .isEqualTo(listed);
        assertThat(CATALOGUE.entries().stream()
                        .map(entry -> RELEASED.relativize(copy(entry)).toString()))
                .containsExactlyInAnyOrderElementsOf(actual.keySet());
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(hash);
    }

    @Test
    void anIdStandsForOneSchemaUnderEverySubject() {
        Map<Integer, List<Schema>> byId = CATALOGUE.entries().stream()
                .collect(Collectors.groupingBy(Entry::id, Collectors.mapping(CATALOGUE::schema, Collectors.toList())));
        assertThat(byId.values())
                .allSatisfy(schemas -> assertThat(schemas.stream().distinct()).hasSize(1));
        assertThat(byId.values().stream().map(List::getFirst)).doesNotHaveDuplicates();
    }

    @Test
    void aRegistryIsToldEachSchemaOnceBeforeThoseThatShareOne() {
        Entry a = new Entry("a", 1, 1);
        Entry b = new Entry("b", 1, 2);
        Entry alsoA = new Entry("c", 1, 1);
        Entry next = new Entry("b", 2, 3);

        assertThat(new SchemaCatalogue(List.of(alsoA, next, a, b)).inOrderOfIds())
                .containsExactly(alsoA, b, next, a);
    }

    @Test
    void theCatalogueHasTheSubjectsOfTheTopicsAndVersionsWithoutGaps() throws IOException {
        Map<String, List<Integer>> versions = CATALOGUE.entries().stream()
                .collect(
                        Collectors.groupingBy(Entry::subject, Collectors.mapping(Entry::version, Collectors.toList())));
        assertThat(versions.keySet()).isEqualTo(sources().keySet());
        versions.forEach((subject, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(numbers.get(i)).as(subject).isEqualTo(i + 1);
            }
        });
    }

    @Test
    void noticesWhatIsMissingInANestedRecord() {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "A", "fields": [{"name": "b", "doc": "B.", "type": ["null", {"type": "array",
                  "items": {"type": "record", "name": "C", "fields": [{"name": "d", "type": "int"}]}}]}]}
                """);

        assertThat(ContractDocs.of(schema).undocumented()).containsExactly("C.d");
        assertThat(ContractDocs.of(schema).withoutUnit()).containsExactly("C.d");
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
