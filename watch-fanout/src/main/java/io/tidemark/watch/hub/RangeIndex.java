package io.tidemark.watch.hub;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by ranges of keys, found by a key that is in them. Single keys are looked up. The others are a treap ordered by
 * where they begin, in which each node knows the farthest end below it (Cormen et al., Introduction to Algorithms, 14.3):
 * finding costs the logarithm of the ranges there are, and the ranges that are found. Priorities are hashes of the ranges,
 * so the same ranges make the same tree.
 */
final class RangeIndex<T> {
    private static final Comparator<KeyRange> ORDER =
            Comparator.comparing(KeyRange::key).thenComparing(KeyRange::end);

    private final Map<Key, T> singles = new HashMap<>();
    private @Nullable Node<T> root;
    private int ranges;

    private static final class Node<T> {
        private final KeyRange range;
        private final @Nullable Key to;
        private final int priority;
        private final T value;
        private @Nullable Node<T> left;
        private @Nullable Node<T> right;
        /** Null when a range here or below has no end. */
        private @Nullable Key farthest;

        Node(KeyRange range, T value) {
            this.range = range;
            this.to = range.to();
            this.priority = mixed(range.hashCode());
            this.value = value;
            this.farthest = to;
        }

        void look() {
            farthest = to;
            reach(left);
            reach(right);
        }

        private void reach(@Nullable Node<T> below) {
            if (below != null
                    && farthest != null
                    && (below.farthest == null || below.farthest.compareTo(farthest) > 0)) {
                farthest = below.farthest;
            }
        }
    }

    /** Of murmur3: neighbouring numbers become far ones. */
    private static int mixed(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }

    /** How many ranges have a value. */
    int size() {
        return singles.size() + ranges;
    }

    /** The value of a range, which is made when there is none. */
    T computeIfAbsent(KeyRange range, Function<KeyRange, T> made) {
        if (range.isSingle()) {
            return singles.computeIfAbsent(range.key(), key -> made.apply(range));
        }
        Node<T> found = root;
        while (found != null) {
            int order = ORDER.compare(range, found.range);
            if (order == 0) {
                return found.value;
            }
            found = order < 0 ? found.left : found.right;
        }
        T value = made.apply(range);
        root = insert(root, new Node<>(range, value));
        ranges++;
        return value;
    }

    private static <T> Node<T> insert(@Nullable Node<T> at, Node<T> added) {
        if (at == null) {
            return added;
        }
        Node<T> top = at;
        if (ORDER.compare(added.range, at.range) < 0) {
            Node<T> left = insert(at.left, added);
            at.left = left;
            top = left.priority > at.priority ? turnRight(at, left) : at;
        } else {
            Node<T> right = insert(at.right, added);
            at.right = right;
            top = right.priority > at.priority ? turnLeft(at, right) : at;
        }
        top.look();
        return top;
    }

    private static <T> Node<T> turnRight(Node<T> at, Node<T> left) {
        at.left = left.right;
        left.right = at;
        at.look();
        return left;
    }

    private static <T> Node<T> turnLeft(Node<T> at, Node<T> right) {
        at.right = right.left;
        right.left = at;
        at.look();
        return right;
    }

    /** Takes a range away, which may have no value. */
    void remove(KeyRange range) {
        if (range.isSingle()) {
            singles.remove(range.key());
        } else {
            root = remove(root, range);
        }
    }

    private @Nullable Node<T> remove(@Nullable Node<T> at, KeyRange range) {
        if (at == null) {
            return null;
        }
        int order = ORDER.compare(range, at.range);
        if (order == 0) {
            ranges--;
            return joined(at.left, at.right);
        }
        if (order < 0) {
            at.left = remove(at.left, range);
        } else {
            at.right = remove(at.right, range);
        }
        at.look();
        return at;
    }

    private static <T> @Nullable Node<T> joined(@Nullable Node<T> left, @Nullable Node<T> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        Node<T> top;
        if (left.priority > right.priority) {
            left.right = joined(left.right, right);
            top = left;
        } else {
            right.left = joined(left, right.left);
            top = right;
        }
        top.look();
        return top;
    }

    /** Each value of a range that the key is in. Nothing may be added or taken away meanwhile. */
    void find(Key key, Consumer<T> found) {
        T single = singles.get(key);
        if (single != null) {
            found.accept(single);
        }
        find(root, key, found);
    }

    private static <T> void find(@Nullable Node<T> from, Key key, Consumer<T> found) {
        Node<T> at = from;
        while (at != null && (at.farthest == null || at.farthest.compareTo(key) > 0)) {
            find(at.left, key, found);
            if (at.range.key().compareTo(key) > 0) {
                return;
            }
            if (at.to == null || at.to.compareTo(key) > 0) {
                found.accept(at.value);
            }
            at = at.right;
        }
    }

    /** Each value. Nothing may be added or taken away meanwhile. */
    void forEach(Consumer<T> each) {
        singles.values().forEach(each);
        forEach(root, each);
    }

    private static <T> void forEach(@Nullable Node<T> at, Consumer<T> each) {
        if (at != null) {
            forEach(at.left, each);
            each.accept(at.value);
            forEach(at.right, each);
        }
    }
}
