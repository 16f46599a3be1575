package io.tidemark.revision.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * How many keys there are, for any range: the keys are cut into blocks of some hundred, whose sizes are known. How many
 * lie before a key is the sum of the blocks before its own, and those before it in its own block, which are counted:
 *
 * <pre>
 *   blocks    ""..d     d..k     k..p     p..
 *   keys      130       97       204      61
 *   [f, q)              d..f: 12          p..q: 7       (130 + 97 + 204 + 7) - (130 + 12) = 296
 * </pre>
 *
 * Blocks that become large are cut, neighbours that become small are joined. Blocks lie in {@link CountNode}s; a change
 * copies the nodes that it touches and shares the others, so that every moment keeps its own counts. For 1,000,000 keys
 * of 60 bytes that are some 6,000 blocks, and less than 1 MB. Immutable.
 */
final class KeyCounts {
    /** The keys that are counted. */
    interface Keys {
        /** From one on and before another one; null for no end. */
        long count(byte[] from, byte @Nullable [] to);

        /** Of the same keys each one that is so many behind the one before, the first left out. */
        Counted every(int step, byte[] from, byte @Nullable [] to);
    }

    /** @param count all keys of the range */
    record Counted(List<byte[]> keys, long count) {}

    private static final byte[] LEAST = {};

    private final CountNode[] nodes;
    /** The first key of each node. */
    private final byte[][] firsts;

    private KeyCounts(List<CountNode> nodes) {
        this.nodes = nodes.toArray(CountNode[]::new);
        this.firsts = nodes.stream().map(CountNode::first).toArray(byte[][]::new);
    }

    /** Counts all keys once. */
    static KeyCounts of(Keys keys) {
        return new KeyCounts(CountNode.of(LEAST, keys.every(CountNode.BLOCK_CUT, LEAST, null)));
    }

    /** Index of the last one that is not greater than the key. */
    static int floor(byte[][] sorted, byte[] key) {
        int found = Arrays.binarySearch(sorted, key, Arrays::compareUnsigned);
        return found >= 0 ? found : -found - 2;
    }

    long total() {
        return before(nodes.length);
    }

    int blocks() {
        return Arrays.stream(nodes).mapToInt(CountNode::size).sum();
    }

    private long before(int node) {
        long sum = 0;
        for (int i = 0; i < node; i++) {
            sum += nodes[i].sum();
        }
        return sum;
    }

    /**
     * Keys from one on and before another one.
     *
     * @param to greater than {@code from}; null for no end
     * @param keys as they were when this was made
     */
    long count(byte[] from, byte @Nullable [] to, Keys keys) {
        if (to == null) {
            return total() - before(from, keys);
        }
        CountNode node = nodes[floor(firsts, from)];
        boolean oneBlock = node == nodes[floor(firsts, to)] && node.blockOf(from) == node.blockOf(to);
        return oneBlock ? keys.count(from, to) : before(to, keys) - before(from, keys);
    }

    private long before(byte[] key, Keys keys) {
        int at = floor(firsts, key);
        CountNode node = nodes[at];
        int block = node.blockOf(key);
        byte[] first = node.first(block);
        long inBlock = Arrays.equals(first, key) ? 0 : keys.count(first, key);
        return before(at) + node.before(block) + inBlock;
    }

    /** Not less than the count, and not more than it by two blocks; without reading a key. */
    long atMost(byte[] from, byte @Nullable [] to) {
        int last = to == null ? nodes.length - 1 : floor(firsts, to);
        int lastBlock = to == null ? nodes[last].size() - 1 : nodes[last].blockOf(to);
        int first = floor(firsts, from);
        return before(last)
                + nodes[last].before(lastBlock + 1)
                - before(first)
                - nodes[first].before(nodes[first].blockOf(from));
    }

    /**
     * What they are after keys came and went.
     *
     * @param changes 1 for a new key, -1 for one that is gone, in the order of {@link Arrays#compareUnsigned}
     * @param keys with the changes
     */
    KeyCounts with(NavigableMap<byte[], Integer> changes, Keys keys) {
        if (changes.isEmpty()) {
            return this;
        }
        List<CountNode> all = Arrays.asList(nodes);
        List<CountNode> made = new ArrayList<>(nodes.length + 1);
        int done = 0;
        byte[] key = changes.firstKey();
        while (key != null) {
            int at = floor(firsts, key);
            byte[] end = at + 1 < nodes.length ? firsts[at + 1] : null;
            NavigableMap<byte[], Integer> own =
                    end == null ? changes.tailMap(key, true) : changes.subMap(key, true, end, false);
            made.addAll(all.subList(done, at));
            made.addAll(nodes[at].with(own, end, keys));
            done = at + 1;
            key = end == null ? null : changes.ceilingKey(end);
        }
        made.addAll(all.subList(done, nodes.length));
        return new KeyCounts(CountNode.joined(made));
    }
}
