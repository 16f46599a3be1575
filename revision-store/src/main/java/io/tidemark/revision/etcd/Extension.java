package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Methods that another module serves at the port of a keyspace. */
@FunctionalInterface
public interface Extension {
    /** Nothing further. */
    Extension NONE = host -> new Served(Map.of(), Map.of(), () -> {}, read -> {}, () -> {});

    /** Called once, before anything is applied or answered. */
    Served serve(Host host);

    /**
     * What it is served beside.
     *
     * @param keyspace its name
     * @param workers for what takes long
     * @param users who ask elsewhere than at this port
     */
    record Host(String keyspace, Store store, Headers headers, ReadWorkers workers, HttpUsers users) {}

    /**
     * What is served.
     *
     * @param methods by their names, {@code package.Service/Method}
     * @param streams the same of those that take or answer several messages
     * @param look called again and again, ten times a second
     * @param absent told of each key that was read at the newest revision and is not there: clients ask for that revision so
     * @param close called once, when the keyspace is not served any more, here at least
     */
    record Served(
            Map<String, Method> methods,
            Map<String, Streaming> streams,
            Runnable look,
            Consumer<Key> absent,
            Runnable close) {
        /** Both. */
        public Served and(Served other) {
            Map<String, Method> allMethods = new HashMap<>(methods);
            allMethods.putAll(other.methods);
            Map<String, Streaming> allStreams = new HashMap<>(streams);
            allStreams.putAll(other.streams);
            return new Served(
                    allMethods,
                    allStreams,
                    both(look, other.look),
                    absent.andThen(other.absent),
                    both(close, other.close));
        }

        private static Runnable both(Runnable one, Runnable another) {
            return () -> {
                one.run();
                another.run();
            };
        }
    }
}
