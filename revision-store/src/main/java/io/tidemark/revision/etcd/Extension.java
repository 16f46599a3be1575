package io.tidemark.revision.etcd;

import java.util.Map;

/** Methods that another module serves at the port of a keyspace. */
@FunctionalInterface
public interface Extension {
    /** Nothing further. */
    Extension NONE = host -> new Served(Map.of(), () -> {});

    /** Called once, before anything is applied or answered. */
    Served serve(Host host);

    /**
     * What it is served beside.
     *
     * @param keyspace its name
     * @param workers for what takes long
     */
    record Host(String keyspace, Store store, Headers headers, ReadWorkers workers) {}

    /**
     * What is served.
     *
     * @param streams by the methods' names, {@code package.Service/Method}
     * @param look called again and again, ten times a second
     */
    record Served(Map<String, Streaming> streams, Runnable look) {}
}
