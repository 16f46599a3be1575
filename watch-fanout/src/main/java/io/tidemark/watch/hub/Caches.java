package io.tidemark.watch.hub;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Live watchers of all keys below one that wish to be told how far they are: caches. For a consistent read of its cache
 * kube-apiserver asks for the newest revision, by reading a key that is not there, and waits until the cache is told to be
 * as far ({@code GetCurrentResourceVersion} and {@code waitUntilFreshAndBlock} of k8s.io/apiserver). It asks for that ten times a
 * second; who is told when the key is read does not wait so long.
 *
 * <pre>
 *   read            /registry/pods         no such key
 *   its cache       /registry/pods/        all that begin so
 * </pre>
 *
 * The shard's thread adds and removes; any thread asks.
 */
final class Caches {
    private static final byte BELOW = '/';

    private final Map<Key, Cache> byRoot = new ConcurrentHashMap<>();

    private static final class Cache {
        private final KeyRange range;
        /** Whether the shard is about to tell its watchers. */
        private final AtomicBoolean awaited = new AtomicBoolean();

        private int watchers;

        Cache(KeyRange range) {
            this.range = range;
        }
    }

    void add(Watcher watcher) {
        Key root = root(watcher.subscription());
        if (root != null) {
            byRoot.computeIfAbsent(root, key -> new Cache(watcher.subscription().range())).watchers++;
        }
    }

    void remove(Watcher watcher) {
        Key root = root(watcher.subscription());
        Cache cache = root == null ? null : byRoot.get(root);
        if (cache != null && --cache.watchers == 0) {
            byRoot.remove(root);
        }
    }

    private static @Nullable Key root(Subscription subscription) {
        KeyRange range = subscription.range();
        byte[] key = range.key().bytes();
        int last = key.length - 1;
        boolean isCache = subscription.notices()
                && last > 0
                && key[last] == BELOW
                && range.equals(KeyRange.withPrefix(range.key()));
        return isCache ? Key.of(Arrays.copyOf(key, last)) : null;
    }

    /** Whether there is one below a key that was read, and it falls to the caller to have it told. From any thread. */
    boolean claim(Key read) {
        Cache cache = byRoot.get(read);
        return cache != null && !cache.awaited.get() && cache.awaited.compareAndSet(false, true);
    }

    /** Its watchers are about to be told: who reads the key from now on has them told again. */
    void begin(Key read) {
        Cache cache = byRoot.get(read);
        if (cache != null) {
            cache.awaited.set(false);
        }
    }

    /** What it has; null when there is none. */
    @Nullable
    KeyRange range(Key read) {
        Cache cache = byRoot.get(read);
        return cache == null ? null : cache.range;
    }
}
