package io.tidemark.revision.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Versions of keys with newer ones on top. */
final class Overlay {
    private Overlay() {}

    /**
     * In the order of keys.
     *
     * @param own empty for a key that is gone
     */
    static List<KeyValue> on(List<KeyValue> below, Map<Key, Optional<KeyValue>> own) {
        if (own.isEmpty()) {
            return below;
        }
        TreeMap<Key, KeyValue> merged = new TreeMap<>();
        below.forEach(kv -> merged.put(kv.key(), kv));
        own.forEach((key, kv) -> kv.ifPresentOrElse(now -> merged.put(key, now), () -> merged.remove(key)));
        return new ArrayList<>(merged.values());
    }

    /**
     * The keys alone: as many more are asked for below as may be gone.
     *
     * @param own empty for a key that is gone
     */
    static List<Key> keys(Keyspace below, KeyRange range, int most, Map<Key, Optional<KeyValue>> own) {
        long gone = own.values().stream().filter(Optional::isEmpty).count();
        List<Key> found = below.keys(range, (int) Math.min(Integer.MAX_VALUE, most + gone));
        if (own.isEmpty()) {
            return found;
        }
        TreeSet<Key> merged = new TreeSet<>(found);
        own.forEach((key, kv) -> kv.ifPresentOrElse(now -> merged.add(key), () -> merged.remove(key)));
        return merged.stream().limit(most).toList();
    }
}
