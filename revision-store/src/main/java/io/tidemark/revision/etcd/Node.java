package io.tidemark.revision.etcd;

import java.util.function.Supplier;

/**
 * What this node says of itself.
 *
 * @param name for people
 * @param headers its ids
 * @param members it is one of these
 * @param clientUrl where clients reach it, known once the port is open
 * @param quota bytes that the store may take
 */
record Node(String name, Headers headers, Members members, Supplier<String> clientUrl, long quota) {
    /** The release whose behaviour this is; clients switch features on by it. */
    static final String VERSION = "3.7.1";

    /** The release that a cluster as a whole is at. */
    static final String CLUSTER_VERSION = "3.7.0";
}
