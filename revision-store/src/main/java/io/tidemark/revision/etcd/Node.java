package io.tidemark.revision.etcd;

import java.util.function.Supplier;

/**
 * What this node says of itself.
 *
 * @param name for people
 * @param place its ids, and the nodes that it is one of
 * @param clientUrl where clients reach it, known once the port is open
 * @param quota bytes that the store may take
 */
public record Node(String name, Place place, Supplier<String> clientUrl, long quota) {
    /** Who it is. */
    public record Place(Headers headers, Members members) {}

    Headers headers() {
        return place.headers;
    }

    /** All nodes of a keyspace listen the same way. */
    String scheme() {
        String url = clientUrl.get();
        return url.substring(0, url.indexOf("//") + 2);
    }

    Members members() {
        return place.members;
    }

    /** The release whose behaviour this is; clients switch features on by it. */
    static final String VERSION = "3.7.1";

    /** The release that a cluster as a whole is at. */
    static final String CLUSTER_VERSION = "3.7.0";
}
