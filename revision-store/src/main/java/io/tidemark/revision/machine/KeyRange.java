package io.tidemark.revision.machine;

import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a request is about, as etcd writes them:
 *
 * <pre>
 *   key  end      keys
 *   a    (empty)  a alone
 *   a    c        a <= k < c; none when c <= a
 *   a    \0       a and all behind it
 *   \0   \0       all
 * </pre>
 *
 * @param key where it begins
 * @param end as the request has it
 */
public record KeyRange(Key key, Key end) {
    private static final Key OPEN = Key.of(new byte[] {0});
    private static final Key NONE = Key.of(new byte[0]);

    public static KeyRange single(Key key) {
        return new KeyRange(key, NONE);
    }

    /** All keys that begin so; all that there are for an empty one. */
    public static KeyRange withPrefix(Key prefix) {
        byte[] bytes = prefix.bytes();
        int last = bytes.length - 1;
        while (last >= 0 && bytes[last] == -1) {
            last--;
        }
        if (last < 0) {
            return new KeyRange(prefix.isEmpty() ? OPEN : prefix, OPEN);
        }
        byte[] end = Arrays.copyOf(bytes, last + 1);
        end[last]++;
        return new KeyRange(prefix, Key.of(end));
    }

    /** The first key that is behind it; null when it has no end. */
    public @Nullable Key to() {
        if (end.isEmpty()) {
            return key.next();
        }
        return end.equals(OPEN) ? null : end;
    }

    public boolean contains(Key wanted) {
        if (isSingle()) {
            return key.equals(wanted);
        }
        return key.compareTo(wanted) <= 0 && (end.equals(OPEN) || wanted.compareTo(end) < 0);
    }

    /** Whether no key can be in it. */
    public boolean isEmpty() {
        Key to = to();
        return to != null && to.compareTo(key) <= 0;
    }

    /** Those of the entries whose keys are in it. */
    <V> NavigableMap<Key, V> within(NavigableMap<Key, V> all) {
        Key to = to();
        if (to == null) {
            return all.tailMap(key, true);
        }
        return isEmpty() ? new TreeMap<>() : all.subMap(key, true, to, false);
    }

    public boolean isSingle() {
        return end.isEmpty();
    }
}
