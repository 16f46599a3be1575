package io.tidemark.revision.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
}
