package io.tidemark.revision.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts newest versions one by one. */
record CountedKeys(Reader reader) implements KeyCounts.Keys {
    @Override
    public long count(byte[] from, byte @Nullable [] to) {
        try (Cursor cursor = reader.cursor(Table.LATEST, from, to)) {
            long count = 0;
            for (; cursor.valid(); cursor.next()) {
                count++;
            }
            return count;
        }
    }

    @Override
    public KeyCounts.Counted every(int step, byte[] from, byte @Nullable [] to) {
        List<byte[]> keys = new ArrayList<>();
        long count = 0;
        try (Cursor cursor = reader.cursor(Table.LATEST, from, to)) {
            for (; cursor.valid(); cursor.next()) {
                if (count > 0 && count % step == 0) {
                    keys.add(cursor.key());
                }
                count++;
            }
        }
        return new KeyCounts.Counted(keys, count);
    }
}
