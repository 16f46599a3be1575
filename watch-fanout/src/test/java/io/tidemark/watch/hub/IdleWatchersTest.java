package io.tidemark.watch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What watchers cost that are told nothing. */
class IdleWatchersTest {
    private static final int WATCHERS = 50_000;

    @Test
    void eachOfAKeyOfItsOwnTakesLessThanAKilobyte() {
        ModelKeyspace keyspace = new ModelKeyspace(new Random(1));
        Recent recent = new Recent(16, 16, 1 << 20, keyspace.revision());
        Shard shard = new Shard(recent, keyspace, keyspace, new Figures());
        List<WatchStream> streams = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            streams.add(shard.stream(new Deaf()));
        }
        long before = used();

        for (int i = 0; i < WATCHERS; i++) {
            Key key = Key.of(
                    ("/registry/secrets/namespace-" + i % 100 + "/secret-" + i).getBytes(StandardCharsets.UTF_8));
            Subscription subscription = new Subscription(KeyRange.single(key), true, true, true, true, false);
            streams.get(i % streams.size()).create(0, subscription, 0);
        }

        long each = (used() - before) / WATCHERS;
        assertThat(each).as("bytes of a watcher").isLessThan(1_024);
        assertThat(shard.hasLive()).isTrue();
    }

    /** Remembers nothing of what it is told. */
    private static final class Deaf implements Outlet {
        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void created(long watcher, long revision) {}

        @Override
        public void refused(long revision, String why) {}

        @Override
        public void canceled(long watcher, long revision) {}

        @Override
        public void compacted(long watcher, long compacted) {}

        @Override
        public void tooLarge(long watcher, long revision) {}

        @Override
        public void progress(long watcher, long revision) {}

        @Override
        public void events(long watcher, long revision, EncodedEvents encoded, boolean fragments) {}
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
