package io.tidemark.kube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes maps: by key, as Go sorts them, which is by bytes; the last one of equal keys counts. */
final class MapEntries {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final Wire wire;
    private final JsonBuffer out;
    private final ObjectDecoder messages;
    private final Occurrences occurrences;

    MapEntries(Wire wire, JsonBuffer out, ObjectDecoder messages) {
        this.wire = wire;
        this.out = out;
        this.messages = messages;
        this.occurrences = new Occurrences(wire);
    }

    /** Where key and value of an entry stand; the value at -1 is absent. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its key
    private record Entry(byte[] data, int keyFrom, int keyTo, int value, int end) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return Arrays.compareUnsigned(data, keyFrom, keyTo, other.data, other.keyFrom, other.keyTo);
        }
    }

    /**
     * Writes a map whose first tag is at the present place.
     *
     * @param field the field
     * @param count how many entries there are
     * @param end end of the message around it
     */
    void write(FieldType field, int count, int end) {
        List<Entry> entries = new ArrayList<>(Math.min(count, 64));
        for (int left = count; left > 0; left--) {
            occurrences.toNext(field.number(), end);
            int to = wire.endOfPiece(end);
            entries.add(entry(field, to));
            wire.goTo(to);
        }
        entries.sort(null);
        out.put('{');
        for (int i = 0; i < entries.size(); i++) {
            if (i + 1 == entries.size() || entries.get(i).compareTo(entries.get(i + 1)) != 0) {
                write(field, entries.get(i));
            }
        }
        out.put('}');
    }

    private Entry entry(FieldType field, int end) {
        int keyFrom = end;
        int keyTo = end;
        int value = -1;
        while (wire.at() < end) {
            wire.tag(end);
            if (wire.number() == KEY) {
                wire.expect(Wire.LENGTH);
                keyTo = wire.endOfPiece(end);
                keyFrom = wire.at();
                wire.goTo(keyTo);
            } else {
                if (wire.number() == VALUE) {
                    wire.expect(field.form().wireType());
                    value = wire.at();
                }
                wire.skip(end);
            }
        }
        return new Entry(wire.data(), keyFrom, keyTo, value, end);
    }

    private void write(FieldType field, Entry entry) {
        out.comma('{');
        out.string(entry.data, entry.keyFrom, entry.keyTo);
        out.put(':');
        if (entry.value >= 0) {
            wire.goTo(entry.value);
            messages.element(field, entry.end);
        } else {
            wire.goTo(entry.end);
            messages.zero(field, entry.end);
        }
    }
}
