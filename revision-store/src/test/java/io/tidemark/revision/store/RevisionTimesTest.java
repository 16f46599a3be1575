package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Decision.Commit;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Loaded;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.MemoryKeyspace;
import io.tidemark.revision.machine.Transaction.Change;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was the newest revision at a time, with clocks that go back, compactions and restarts. */
class RevisionTimesTest {
    private static final ImageSettings SETTINGS = new ImageSettings(1 << 20, 1 << 20, 1, 100, 7);
    private static final KeyRange ALL = new KeyRange(Key.of(new byte[] {0}), Key.of(new byte[] {0}));

    @TempDir
    Path folder;

    /** The latest time told so far, by revision. */
    private final TreeMap<Long, Long> expected = new TreeMap<>();

    private final List<RevisionEvents> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isTheLastOneThatHadBeenCommitted(long seed) {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        Machine machine = new Machine(Limits.ETCD, 1);
        MemoryKeyspace memory = new MemoryKeyspace();
        Image image = opened();
        long clock = 1_000;
        for (int i = 0; i < 1_500; i++) {
            clock = Math.max(1, clock + random.nextInt(40) - (random.nextInt(20) == 0 ? 300 : 5));
            if (machine.decide(memory, commands.next(memory)) instanceof Commit commit) {
                long before = memory.revision();
                memory.apply(commit.transaction());
                long next = image.position().nextOffset() + 1;
                image.apply(List.of(new Committed(commit.transaction(), clock)), new Position(next, 1, "log"));
                if (memory.revision() > before) {
                    expected.put(memory.revision(), Math.max(clock, expected.isEmpty() ? 0 : lastTime()));
                }
            }
            if (random.nextInt(200) == 0) {
                image.close();
                image = opened();
            }
            if (random.nextInt(5) == 0) {
                check(image, random.nextLong(clock + 500), "seed " + seed + ", command " + i);
            }
        }
        image.removed(memory.compacted()).join();
        for (long time = 0; time < lastTime() + 50; time += 7) {
            check(image, time, "seed " + seed + ", end");
        }
        image.close();
        assertThat(memory.compacted()).isPositive();
    }

    private Image opened() {
        Image image = Image.open(folder, SETTINGS);
        image.whenWritten(told::addAll);
        return image;
    }

    private long lastTime() {
        return expected.lastEntry().getValue();
    }

    private void check(Image image, long time, String when) {
        try (View view = image.view()) {
            assertThat(view.newestBy(time)).as("%s, at %d", when, time).isEqualTo(newestBy(time, view.compacted()));
            long from = Math.max(1, view.compacted());
            assertThat(view.events(
                                    ALL,
                                    from,
                                    true,
                                    new EventPage.Most(1_000_000, Long.MAX_VALUE, 1_000_000, Long.MAX_VALUE))
                            .revisions())
                    .as(when)
                    .allSatisfy(events -> assertThat(events.micros()).isEqualTo(expected.get(events.revision())));
        }
        assertThat(told)
                .as(when)
                .allSatisfy(events -> assertThat(events.micros()).isEqualTo(expected.get(events.revision())));
        told.clear();
    }

    private @Nullable RevisionTime newestBy(long time, long compacted) {
        RevisionTime newest = null;
        for (Map.Entry<Long, Long> entry : expected.entrySet()) {
            if (entry.getValue() <= time) {
                newest = new RevisionTime(entry.getKey(), entry.getValue());
            }
        }
        return newest == null || newest.revision() < compacted ? null : newest;
    }

    @Test
    void aKeyspaceThatNobodyWroteHasNone() {
        try (Image image = opened();
                View view = image.view()) {
            assertThat(view.newestBy(Long.MAX_VALUE)).isNull();
            assertThat(view.oldest()).isNull();
        }
    }

    /** A clock that was ahead elsewhere must not hold the times of all that is written here. */
    @Test
    void aLoadedRevisionKeepsItsTimeUnlessThatIsYetToCome() {
        Loaded loaded = new Loaded(List.of(loaded(2, 50), loaded(3, 0), loaded(5, 900)), 0);
        try (Image image = opened()) {
            image.apply(List.of(new Committed(loaded, 100)), new Position(1, 1, "log"));
            try (View view = image.view()) {
                assertThat(view.newestBy(49)).isNull();
                assertThat(view.newestBy(99)).isEqualTo(new RevisionTime(2, 50));
                assertThat(view.newestBy(100)).isEqualTo(new RevisionTime(5, 100));
                assertThat(view.oldest()).isEqualTo(new RevisionTime(2, 50));
            }
        }
    }

    private static Loaded.Revision loaded(long revision, long micros) {
        Key key = Key.of(new byte[] {(byte) revision});
        Change put = new Change.Put(new KeyValue(key, revision, revision, 1, new byte[0], 0));
        return new Loaded.Revision(revision, List.of(put), List.of(0), micros);
    }
}
