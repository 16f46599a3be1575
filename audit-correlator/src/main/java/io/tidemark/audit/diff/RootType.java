package io.tidemark.audit.diff;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The type of a whole object: which of its lists have keys. */
public final class RootType {
    private static final RootType CUSTOM = new RootType(ObjectType.freeWith("metadata", TypeTables.objectMeta()));
    private static final int MAX_REMEMBERED = 1024;
    private static final Map<String, RootType> REMEMBERED = new ConcurrentHashMap<>();

    private final ObjectType type;

    private RootType(ObjectType type) {
        this.type = type;
    }

    /**
     * The type of a kind.
     *
     * @param apiVersion {@code v1} or {@code apps/v1}; for a version that is not known another version of the same group and
     *     kind is taken
     * @param kind the kind
     * @return for kinds that are not built in: metadata as of every object, the rest free (see {@link ObjectDiff})
     */
    public static RootType of(String apiVersion, String kind) {
        String key = apiVersion + " " + kind;
        RootType known = REMEMBERED.get(key);
        if (known != null) {
            return known;
        }
        RootType found = KindTable.entry(apiVersion, kind)
                .map(entry -> new RootType(entry.type()))
                .orElse(CUSTOM);
        if (found != CUSTOM && REMEMBERED.size() < MAX_REMEMBERED) {
            REMEMBERED.put(key, found);
        }
        return found;
    }

    ObjectType type() {
        return type;
    }
}
