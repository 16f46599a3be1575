package io.tidemark.watch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds what going over all ranges finds, which etcd's rules of ranges tell. */
class RangeIndexTest {
    private static final int STEPS = 3_000;
    private static final int RANGES_MOST = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsTheRangesThatAKeyIsIn(long seed) {
        Random random = new Random(seed);
        RangeIndex<KeyRange> index = new RangeIndex<>();
        Set<KeyRange> there = new LinkedHashSet<>();
        for (int step = 0; step < STEPS; step++) {
            KeyRange range = range(random);
            if (!range.isEmpty() && there.size() < RANGES_MOST && random.nextInt(3) > 0) {
                there.add(range);
                assertThat(index.computeIfAbsent(range, made -> made)).isEqualTo(range);
            } else {
                KeyRange gone = there.isEmpty() || random.nextInt(4) == 0
                        ? range
                        : there.iterator().next();
                there.remove(gone);
                index.remove(gone);
            }
            Key key = key(random);
            List<KeyRange> found = new ArrayList<>();
            index.find(key, found::add);
            assertThat(found)
                    .as("seed %d, step %d, key %s", seed, step, key)
                    .doesNotHaveDuplicates()
                    .hasSameElementsAs(
                            there.stream().filter(each -> isIn(key, each)).toList());
            assertThat(index.size()).isEqualTo(there.size());
        }
    }

    private static boolean isIn(Key key, KeyRange range) {
        byte[] end = range.end().bytes();
        if (end.length == 0) {
            return key.equals(range.key());
        }
        boolean open = end.length == 1 && end[0] == 0;
        return key.compareTo(range.key()) >= 0 && (open || key.compareTo(range.end()) < 0);
    }

    private static KeyRange range(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> KeyRange.single(key(random));
            case 1 -> new KeyRange(key(random), Key.of(new byte[] {0}));
            default -> new KeyRange(key(random), key(random));
        };
    }

    private static Key key(Random random) {
        byte[] bytes = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(12) * 23);
        }
        return Key.of(bytes);
    }
}
