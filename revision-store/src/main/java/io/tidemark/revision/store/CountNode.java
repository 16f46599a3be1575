package io.tidemark.revision.store;

import io.tidemark.revision.store.KeyCounts.Counted;
import io.tidemark.revision.store.KeyCounts.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Blocks of keys next to each other: each begins at its first key and ends where the next one begins. Immutable. */
final class CountNode {
    /** Keys in a block before it is cut. */
    static final int BLOCK_MOST = 256;

    static final int BLOCK_CUT = BLOCK_MOST / 2;
    /** A block that is smaller is joined to a neighbour, unless that would soon be cut again. */
    static final int BLOCK_LEAST = BLOCK_MOST / 8;

    private static final int JOINED_MOST = BLOCK_MOST * 3 / 4;
    /** Blocks in a node before it is cut. */
    static final int NODE_MOST = 128;

    private final byte[][] firsts;
    private final int[] counts;
    private final long sum;

    private CountNode(byte[][] firsts, int[] counts) {
        this.firsts = firsts;
        this.counts = counts;
        this.sum = Arrays.stream(counts).asLongStream().sum();
    }

    /** All keys from one on. */
    static List<CountNode> of(byte[] first, Counted keys) {
        Blocks blocks = new Blocks();
        blocks.addAll(first, keys);
        return blocks.nodes();
    }

    byte[] first() {
        return firsts[0];
    }

    byte[] first(int block) {
        return firsts[block];
    }

    int size() {
        return firsts.length;
    }

    long sum() {
        return sum;
    }

    int blockOf(byte[] key) {
        return KeyCounts.floor(firsts, key);
    }

    /** Keys in the blocks before one. */
    long before(int block) {
        long before = 0;
        for (int i = 0; i < block; i++) {
            before += counts[i];
        }
        return before;
    }

    /** @param end where the next node begins; null when there is none */
    List<CountNode> with(NavigableMap<byte[], Integer> changes, byte @Nullable [] end, Keys keys) {
        int[] changed = counts.clone();
        boolean same = true;
        for (Map.Entry<byte[], Integer> change : changes.entrySet()) {
            int block = blockOf(change.getKey());
            changed[block] += change.getValue();
            same &= changed[block] <= BLOCK_MOST && (changed[block] >= BLOCK_LEAST || changed[block] > counts[block]);
        }
        if (same) {
            return List.of(new CountNode(firsts, changed));
        }
        Blocks blocks = new Blocks();
        for (int block = 0; block < firsts.length; block++) {
            if (changed[block] <= BLOCK_MOST) {
                blocks.add(firsts[block], changed[block]);
                continue;
            }
            Counted counted = keys.every(BLOCK_CUT, firsts[block], block + 1 < firsts.length ? firsts[block + 1] : end);
            if (counted.count() != changed[block]) {
                throw new IllegalStateException(
                        "expected " + changed[block] + " keys in a block, found " + counted.count());
            }
            blocks.addAll(firsts[block], counted);
        }
        return blocks.nodes();
    }

    /** Small nodes become one with their neighbour. */
    static List<CountNode> joined(List<CountNode> nodes) {
        List<CountNode> joined = new ArrayList<>(nodes.size());
        for (CountNode node : nodes) {
            CountNode before = joined.isEmpty() ? null : joined.getLast();
            if (before != null && before.size() + node.size() <= NODE_MOST / 2) {
                Blocks blocks = new Blocks();
                blocks.addAll(before);
                blocks.addAll(node);
                joined.removeLast();
                joined.addAll(blocks.nodes());
            } else {
                joined.add(node);
            }
        }
        return joined;
    }

    /** Blocks that are put one behind the other, small ones joined. */
    private static final class Blocks {
        private final List<byte[]> firsts = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();

        void add(byte[] first, int count) {
            int before = counts.isEmpty() ? BLOCK_MOST : counts.getLast();
            if (Math.min(before, count) < BLOCK_LEAST && before + count <= JOINED_MOST) {
                counts.set(counts.size() - 1, before + count);
            } else {
                firsts.add(first);
                counts.add(count);
            }
        }

        void addAll(byte[] first, Counted keys) {
            byte[] begin = first;
            for (byte[] next : keys.keys()) {
                add(begin, BLOCK_CUT);
                begin = next;
            }
            add(begin, (int) (keys.count() - (long) keys.keys().size() * BLOCK_CUT));
        }

        void addAll(CountNode node) {
            for (int block = 0; block < node.size(); block++) {
                add(node.firsts[block], node.counts[block]);
            }
        }

        List<CountNode> nodes() {
            int each = firsts.size() <= NODE_MOST ? NODE_MOST : NODE_MOST / 2;
            List<CountNode> nodes = new ArrayList<>();
            for (int at = 0; at < firsts.size(); at += each) {
                int to = Math.min(firsts.size(), at + each);
                nodes.add(new CountNode(
                        firsts.subList(at, to).toArray(byte[][]::new),
                        counts.subList(at, to).stream()
                                .mapToInt(Integer::intValue)
                                .toArray()));
            }
            return nodes;
        }
    }
}
