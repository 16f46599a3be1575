package io.tidemark.audit.diff;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The built-in kinds of Kubernetes v1.37.2, from the generated table {@code kinds.tsv}. Custom resources are not in it. */
public final class KindTable {
    private static final Map<String, Entry> EXACT = new HashMap<>();
    private static final Map<String, Entry> BY_GROUP = new HashMap<>();
    private static final Map<String, String> BY_RESOURCE = new HashMap<>();

    static {
        for (String[] row : TypeTables.rows("kinds.tsv", 6)) {
            Resource resource = new Resource(row[0], row[1], row[2], row[3], Boolean.parseBoolean(row[4]));
            Entry entry = new Entry(resource, TypeTables.named(row[5]));
            EXACT.put(row[0] + "/" + row[1] + "/" + row[2], entry);
            // the table is sorted, so v1 stays ahead of v1alpha1 and v1beta1
            BY_GROUP.putIfAbsent(row[0] + "/" + row[2], entry);
            BY_RESOURCE.putIfAbsent(row[0] + "/" + row[3], row[2]);
        }
    }

    private KindTable() {}

    /**
     * A kind and how it is addressed.
     *
     * @param group API group, empty for core
     * @param version API version
     * @param kind kind
     * @param resource plural resource name
     * @param namespaced whether its objects live in namespaces
     */
    public record Resource(String group, String version, String kind, String resource, boolean namespaced) {}

    record Entry(Resource resource, ObjectType type) {}

    /**
     * The resource of a kind, for references that name only the kind ({@code involvedObject}, {@code ownerReferences}).
     *
     * @param apiVersion {@code v1} or {@code apps/v1}; a version that is not in the table is answered by another version of
     *     the same group and kind (the answer says which)
     * @param kind the kind
     * @return empty for kinds that are not built in
     */
    public static Optional<Resource> resourceOf(String apiVersion, String kind) {
        return entry(apiVersion, kind).map(Entry::resource);
    }

    /**
     * The kind of a resource, for requests whose bodies do not show it.
     *
     * @param group API group, empty for core
     * @param resource plural resource name
     * @return empty for resources that are not built in
     */
    public static Optional<String> kindOf(String group, String resource) {
        return Optional.ofNullable(BY_RESOURCE.get(group + "/" + resource));
    }

    static Optional<Entry> entry(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        Entry exact = EXACT.get(group + "/" + version + "/" + kind);
        return Optional.ofNullable(exact != null ? exact : BY_GROUP.get(group + "/" + kind));
    }
}
