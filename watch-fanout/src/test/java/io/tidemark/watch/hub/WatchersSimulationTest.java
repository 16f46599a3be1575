package io.tidemark.watch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Clients that watch what they like from where they like, read when they like, and go; a keyspace that is written and
 * compacted meanwhile; a ring that forgets soon, and a history that is slow, refuses and fails. Every life hangs on its
 * seed alone: {@code -Dtidemark.seed=N} repeats one, {@code -Dtidemark.simulation.seeds=N} makes more.
 */
class WatchersSimulationTest {
    private static final int SEEDS = Integer.getInteger("tidemark.simulation.seeds", 2_000);
    private static final int STEPS = 200;
    private static final int STREAMS = 3;

    @Test
    void everyWatcherIsToldEverythingInOrderAndOnce() {
        long asked = Long.getLong("tidemark.seed", -1);
        long told = 0;
        long tooLarge = 0;
        for (long seed = asked < 0 ? 1 : asked; seed <= (asked < 0 ? SEEDS : asked); seed++) {
            try {
                Life life = new Life(seed);
                told += life.run();
                tooLarge += life.tooLarge();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(told).as("events that were told").isGreaterThan(asked < 0 ? SEEDS * 50L : 0);
        assertThat(tooLarge).as("watchers that were to be told too much").isGreaterThan(asked < 0 ? SEEDS / 10 : -1);
    }

    private static final class Life {
        private final Random random;
        private final ModelKeyspace keyspace;
        private final Recent recent;
        private final Figures figures = new Figures();
        private final Shard shard;
        private final List<WatchStream> streams = new ArrayList<>();
        private final List<ModelClient> clients = new ArrayList<>();
        private int events;

        Life(long seed) {
            random = new Random(seed);
            keyspace = new ModelKeyspace(random);
            recent = new Recent(
                    1 << random.nextInt(5), random.nextInt(12), 100 + random.nextInt(2_000), keyspace.revision());
            shard = new Shard(recent, keyspace, keyspace, figures);
            for (int i = 0; i < STREAMS; i++) {
                clients.add(new ModelClient(keyspace, random));
                streams.add(shard.stream(clients.get(i)));
            }
        }

        int run() {
            for (int step = 0; step < STEPS; step++) {
                step(random.nextInt(STREAMS));
            }
            settle();
            return events + clients.stream().mapToInt(ModelClient::events).sum();
        }

        int tooLarge() {
            return clients.stream().mapToInt(ModelClient::tooLarge).sum();
        }

        private void step(int at) {
            WatchStream stream = streams.get(at);
            ModelClient client = clients.get(at);
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4, 5, 6, 7 -> write();
                case 8, 9 -> create(stream, client);
                case 10 -> stream.cancel(client.any());
                case 11 -> stream.requestProgress();
                case 12 -> stream.notice();
                case 13, 14, 15 -> drain(stream, client);
                case 16, 17 -> keyspace.answer();
                case 18 -> shard.look();
                case 19, 20 -> shard.advance();
                case 21, 22 -> read(ModelKeyspace.key(ModelKeyspace.root(random)));
                default -> rarely(at);
            }
        }

        /** A key that is not there, by who asks for the newest revision: its caches are told, sooner or later. */
        private void read(Key root) {
            if (shard.claim(root)) {
                assertThat(shard.claim(root)).as("one goes for all").isFalse();
                if (random.nextBoolean()) {
                    write();
                }
                if (tellHowFar(root)) {
                    shard.tellHowFar(root);
                }
            }
        }

        /** Another thread may write and read meanwhile; true when it falls to that one to have the caches told again. */
        private boolean tellHowFar(Key root) {
            boolean[] again = new boolean[1];
            ModelClient interrupted = clients.get(random.nextInt(STREAMS));
            interrupted.meanwhile(() -> {
                recent.add(List.of(keyspace.write()));
                again[0] = shard.claim(root);
            });
            shard.tellHowFar(root);
            interrupted.meanwhile(() -> {});
            return again[0];
        }

        private void rarely(int at) {
            switch (random.nextInt(4)) {
                case 0 -> keyspace.compact();
                case 1 -> {
                    streams.get(at).close();
                    clients.get(at).gone();
                    events += clients.get(at).events();
                    clients.set(at, new ModelClient(keyspace, random));
                    streams.set(at, shard.stream(clients.get(at)));
                }
                default -> write();
            }
        }

        /** The shard is woken by who writes, sooner or later. */
        private void write() {
            RevisionEvents written = keyspace.write();
            recent.add(List.of(written));
            if (shard.hasLive() && random.nextInt(4) == 0) {
                shard.advance();
            }
        }

        private void create(WatchStream stream, ModelClient client) {
            KeyRange range = switch (random.nextInt(5)) {
                case 0 -> KeyRange.single(ModelKeyspace.key(random));
                case 1 -> new KeyRange(Key.of(new byte[] {0}), Key.of(new byte[] {0}));
                case 2 -> KeyRange.withPrefix(ModelKeyspace.key(ModelKeyspace.root(random) + "/"));
                default -> new KeyRange(ModelKeyspace.key(random), ModelKeyspace.key(random));
            };
            Subscription subscription = new Subscription(
                    range,
                    random.nextInt(5) > 0,
                    random.nextInt(5) > 0,
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
            long start = random.nextBoolean() ? 0 : Math.max(1, keyspace.revision() + 3 - random.nextInt(60));
            client.asks(subscription, start);
            stream.create(random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0, subscription, start);
        }

        private static void drain(WatchStream stream, ModelClient client) {
            client.makeRoom();
            stream.drained();
        }

        private void settle() {
            shard.advance();
            for (int quiet = 0; quiet < 100; quiet++) {
                for (int i = 0; i < STREAMS; i++) {
                    drain(streams.get(i), clients.get(i));
                }
                shard.look();
                while (keyspace.answer()) {
                    quiet = 0;
                    shard.look();
                }
            }
            assertThat(figures.away())
                    .as("watchers that are not live in the end")
                    .isZero();
            assertThat(figures.watchers())
                    .isEqualTo(clients.stream()
                            .mapToInt(ModelClient::checkComplete)
                            .sum());
            checkCaches();
            streams.forEach(WatchStream::close);
            assertThat(shard.claim(ModelKeyspace.key("p")) || shard.claim(ModelKeyspace.key("q")))
                    .as("a cache that is not watched any more")
                    .isFalse();
        }

        /** When somebody reads the newest revision, caches are told that they are as far. */
        private void checkCaches() {
            write();
            clients.forEach(ModelClient::takeAll);
            read(ModelKeyspace.key("p"));
            if (figures.away() == 0) { // else the ring was too short for what was written
                clients.forEach(client -> client.checkCaches(KeyRange.withPrefix(ModelKeyspace.key("p/"))));
            }
        }
    }
}
