package io.tidemark.revision.etcd;

import java.util.function.IntSupplier;

/**
 * What this node says of itself.
 *
 * @param name for people
 * @param place its ids, and the nodes that it is one of
 * @param listening as all nodes of a keyspace do
 * @param port known once it is open
 * @param quota bytes that the store may take
 */
public record Node(String name, Place place, EtcdSettings.Listening listening, IntSupplier port, long quota) {
    /** Who it is. */
    public record Place(Headers headers, Members members) {}

    Headers headers() {
        return place.headers;
    }

    /** Where clients reach a member. */
    String clientUrl(String member) {
        return member.equals(members().self())
                ? listening.url(listening.advertised(), port.getAsInt())
                : listening.scheme() + member;
    }

    Members members() {
        return place.members;
    }

    /** The release whose behaviour this is; clients switch features on by it. */
    static final String VERSION = "3.7.3";

    /** The release that a cluster as a whole is at. */
    static final String CLUSTER_VERSION = "3.7.0";
}
