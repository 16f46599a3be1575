package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCountsTest {
    /** Keys in a set; counts how many it was asked to look at. */
    private static final class SetOfKeys implements KeyCounts.Keys {
        private final NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        private long lookedAt;

        private NavigableSet<byte[]> within(byte[] from, byte @Nullable [] to) {
            return to == null ? keys.tailSet(from, true) : keys.subSet(from, true, to, false);
        }

        @Override
        public long count(byte[] from, byte @Nullable [] to) {
            long count = within(from, to).size();
            lookedAt += count;
            return count;
        }

        @Override
        public KeyCounts.Counted every(int step, byte[] from, byte @Nullable [] to) {
            List<byte[]> found = new ArrayList<>();
            int count = 0;
            for (byte[] key : within(from, to)) {
                if (count > 0 && count % step == 0) {
                    found.add(key);
                }
                count++;
            }
            return new KeyCounts.Counted(found, count);
        }

        SetOfKeys copy() {
            SetOfKeys copy = new SetOfKeys();
            copy.keys.addAll(keys);
            return copy;
        }
    }

    private record Past(KeyCounts counts, SetOfKeys keys) {}

    /** Groups of one or of thousands of keys come and go, at places by chance or next to each other. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areWhatCountingSays(long seed) {
        Random random = new Random(seed);
        SetOfKeys keys = new SetOfKeys();
        KeyCounts counts = KeyCounts.of(keys);
        List<Past> pasts = new ArrayList<>();
        for (int round = 0; round < 150; round++) {
            counts = counts.with(change(keys, random), keys);
            check(counts, keys, random, "seed " + seed + ", round " + round);
            if (round % 30 == 0) {
                pasts.add(new Past(counts, keys.copy()));
            }
        }
        for (Past past : pasts) {
            check(past.counts(), past.keys(), random, "seed " + seed + ", an older one");
        }
    }

    private static NavigableMap<byte[], Integer> change(SetOfKeys keys, Random random) {
        NavigableMap<byte[], Integer> changes = new TreeMap<>(Arrays::compareUnsigned);
        boolean coming = random.nextInt(5) > 1;
        int start = random.nextInt(100_000);
        int many = random.nextInt(10) == 0 ? 6_000 : random.nextInt(300);
        boolean scattered = random.nextInt(3) == 0;
        for (int i = 0; i < many; i++) {
            byte[] key = key(scattered ? random.nextInt(100_000) : start + i);
            if (coming ? keys.keys.add(key) : keys.keys.remove(key)) {
                changes.put(key, coming ? 1 : -1);
            }
        }
        return changes;
    }

    private static byte[] key(int number) {
        return "k%06d".formatted(number).getBytes(StandardCharsets.UTF_8);
    }

    private static void check(KeyCounts counts, SetOfKeys keys, Random random, String when) {
        assertThat(counts.total()).as(when).isEqualTo(keys.keys.size());
        for (int i = 0; i < 8; i++) {
            int from = random.nextInt(100_000);
            byte[] first = random.nextInt(9) == 0 ? new byte[0] : key(from);
            byte[] to = random.nextInt(9) == 0 ? null : key(from + 1 + random.nextInt(50_000));
            long expected = keys.within(first, to).size();
            keys.lookedAt = 0;
            assertThat(counts.count(first, to, keys)).as(when).isEqualTo(expected);
            assertThat(keys.lookedAt).as(when).isLessThanOrEqualTo(2L * CountNode.BLOCK_MOST);
            assertThat(counts.atMost(first, to)).as(when).isBetween(expected, expected + 2L * CountNode.BLOCK_MOST);
        }
    }

    @Test
    void takeFewBlocksHoweverTheKeysCame() {
        SetOfKeys keys = new SetOfKeys();
        KeyCounts counts = KeyCounts.of(keys);
        for (int i = 0; i < 20_000; i++) {
            keys.keys.add(key(i));
            counts = counts.with(one(key(i), 1), keys);
        }
        assertThat(counts.blocks()).isBetween(20_000 / CountNode.BLOCK_MOST, 20_000 / CountNode.BLOCK_CUT + 1);

        for (int i = 0; i < 20_000; i++) {
            keys.keys.remove(key(i));
            counts = counts.with(one(key(i), -1), keys);
        }

        assertThat(counts.total()).isZero();
        assertThat(counts.blocks()).isLessThan(10);
    }

    @Test
    void aCountThatIsNotThatOfTheKeysIsNotKept() {
        SetOfKeys keys = new SetOfKeys();
        NavigableMap<byte[], Integer> changes = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i <= CountNode.BLOCK_MOST; i++) {
            changes.put(key(i), 1);
        }
        KeyCounts counts = KeyCounts.of(keys);

        assertThatThrownBy(() -> counts.with(changes, keys)).hasMessage("expected 257 keys in a block, found 0");
    }

    private static NavigableMap<byte[], Integer> one(byte[] key, int coming) {
        NavigableMap<byte[], Integer> one = new TreeMap<>(Arrays::compareUnsigned);
        one.put(key, coming);
        return one;
    }
}
