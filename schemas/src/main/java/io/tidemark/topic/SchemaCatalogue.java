package io.tidemark.topic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * The committed list of every schema version ever written to a topic: one line per subject and version with the id
 * that stands in front of each record, so that a log can be read without asking a registry.
 */
public final class SchemaCatalogue {
    private static final String FILE = "catalogue.tsv";

    /**
     * One line of the catalogue.
     *
     * @param subject topic name with -key or -value
     * @param version version within the subject, from 1
     * @param id number that stands in front of each record; as in a registry, the same schema has the same id under
     *     every subject, and another schema never has it
     */
    public record Entry(String subject, int version, int id) {}

    private final List<Entry> entries;

    SchemaCatalogue(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The catalogue that is part of this build. */
    public static SchemaCatalogue bundled() {
        return new SchemaCatalogue(
                read(FILE).lines().skip(1).map(SchemaCatalogue::parse).toList());
    }

    public List<Entry> entries() {
        return entries;
    }

    /**
     * The entries in the order in which a registry is told: first each schema once, in the order of ids, then the other
     * subjects that share one. A registry that counts for itself then comes to the same ids, when it was empty.
     */
    public List<Entry> inOrderOfIds() {
        Map<Integer, Entry> first = new TreeMap<>();
        List<Entry> sharing = new ArrayList<>();
        for (Entry entry : entries) {
            if (first.putIfAbsent(entry.id(), entry) != null) {
                sharing.add(entry);
            }
        }
        List<Entry> order = new ArrayList<>(first.values());
        order.addAll(sharing);
        return order;
    }

    /** The entry that records of this subject are written with today: its highest version. */
    Entry newest(String subject) {
        return entries.stream()
                .filter(entry -> entry.subject().equals(subject))
                .max((a, b) -> Integer.compare(a.version(), b.version()))
                .orElseThrow(() -> new IllegalStateException(FILE + " has no line for subject " + subject));
    }

    Optional<Entry> find(String subject, int id) {
        return entries.stream()
                .filter(entry -> entry.id() == id && entry.subject().equals(subject))
                .findFirst();
    }

    /** The released copy of a schema, as JSON text; it never changes. */
    public String text(Entry entry) {
        return read("released/" + entry.subject() + "/v" + entry.version() + ".avsc");
    }

    Schema schema(Entry entry) {
        return new Schema.Parser().parse(text(entry));
    }

    private static Entry parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 3) {
            throw new IllegalStateException(FILE + ": expected subject, version, id separated by tabs, found: " + line);
        }
        return new Entry(fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
    }

    private static String read(String resource) {
        try (InputStream in = SchemaCatalogue.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + resource + " cannot be read", e);
        }
    }
}
