package io.tidemark.revision.etcd;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The nodes that serve a keyspace. Ids are hashes, so they stay as long as the log and the addresses do.
 *
 * @param log its identity
 * @param self where the others reach this one, {@code host:port}; empty when it is alone
 * @param nodes all that take part now, this one included or not; asks, and takes a while
 */
public record Members(String log, String self, Supplier<List<String>> nodes) {
    public Headers headers(Supplier<Long> term) {
        return new Headers(positive(hash(log).getMostSignificantBits()), id(self), term::get);
    }

    /** All of them, this one first. */
    List<String> all() {
        return Stream.concat(Stream.of(self), nodes.get().stream().sorted())
                .distinct()
                .toList();
    }

    /** The id of a node. */
    long id(String node) {
        return positive(hash(node.isEmpty() ? log : log + "/" + node).getLeastSignificantBits());
    }

    private static UUID hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long positive(long bits) {
        return Math.max(1, bits & Long.MAX_VALUE);
    }
}
