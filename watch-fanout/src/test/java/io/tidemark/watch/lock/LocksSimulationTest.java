package io.tidemark.watch.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.MemoryKeyspace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Sessions that want one lock, do a step at a time in any order, give it up, leave, and lose their leases. Every life hangs on
 * its seed alone: {@code -Dtidemark.seed=N} repeats one, {@code -Dtidemark.simulation.seeds=N} makes more.
 */
class LocksSimulationTest {
    private static final int SEEDS = Integer.getInteger("tidemark.simulation.seeds", 2_000);
    private static final int STEPS = 300;
    private static final int SESSIONS = 5;
    private static final Key NAME = Key.of("lock".getBytes(StandardCharsets.UTF_8));

    @Test
    void oneHoldsItAtATimeAndNobodyWaitsForNothing() {
        long asked = Long.getLong("tidemark.seed", -1);
        long held = 0;
        for (long seed = asked < 0 ? 1 : asked; seed <= (asked < 0 ? SEEDS : asked); seed++) {
            try {
                held += new Life(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(held).as("how often it was held").isGreaterThan(asked < 0 ? SEEDS * 10L : 0);
    }

    /** A client with a lease. */
    private static final class Client {
        private final long lease;
        private Step<Locks.Held> step = new Step.Failed<>("");
        private boolean busy;
        private boolean holds;

        Client(long lease) {
            this.lease = lease;
        }
    }

    private static final class Life {
        private final Random random;
        private final Machine machine = new Machine(Limits.ETCD, 1);
        private final MemoryKeyspace keyspace = new MemoryKeyspace();
        private final Map<Key, Long> deletions = new HashMap<>();
        private final List<Client> clients = new ArrayList<>();
        private int held;

        Life(long seed) {
            random = new Random(seed);
            for (int lease = 1; lease <= SESSIONS; lease++) {
                clients.add(new Client(lease));
                ask(new Command.Grant(lease, 60, 1));
            }
        }

        int run() {
            for (int i = 0; i < STEPS; i++) {
                act(clients.get(random.nextInt(SESSIONS)));
                assertThat(clients.stream().filter(client -> client.holds)).hasSizeLessThan(2);
            }
            for (int i = 0; clients.stream().anyMatch(client -> client.busy); i++) {
                assertThat(i).as("all get it in the end").isLessThan(20 * SESSIONS);
                clients.forEach(this::go);
                clients.stream().filter(client -> client.holds).forEach(this::giveUp);
            }
            clients.forEach(this::giveUp);
            assertThat(queue()).isEmpty();
            return held;
        }

        private void act(Client client) {
            if (random.nextInt(40) == 0) {
                ask(new Command.Revoke(client.lease));
                ask(new Command.Grant(client.lease, 60, 1));
                client.holds = false;
            } else if (client.holds) {
                giveUp(client);
            } else if (!client.busy) {
                client.busy = true;
                client.step = Locks.lock(NAME, new Session(client.lease, 1));
            } else if (random.nextInt(20) == 0) {
                leave(client);
            } else {
                go(client);
            }
        }

        private void giveUp(Client client) {
            client.holds = false;
            finish(client, Locks.unlock(Queue.named(NAME).of(client.lease)));
        }

        private <T> void finish(Client client, Step<T> step) {
            ask(((Step.Write<T>) step).command());
            assertThat(keyspace.newest(Queue.named(NAME).of(client.lease))).isNull();
        }

        private void leave(Client client) {
            client.busy = false;
            Command undo = client.step.leaving().whenGone();
            if (undo != null) {
                ask(undo);
            }
        }

        private void go(Client client) {
            if (!client.busy) {
                return;
            }
            client.step = next(client.step);
            if (client.step instanceof Step.Done<Locks.Held> done) {
                hold(client, done.result());
            } else if (client.step instanceof Step.Failed<Locks.Held>) {
                client.busy = false;
            }
        }

        private Step<Locks.Held> next(Step<Locks.Held> step) {
            return switch (step) {
                case Step.Write<Locks.Held> write -> write.then().apply(ask(write.command()));
                case Step.Read<Locks.Held> read -> read.then().apply((Answer.Ranged) ask(read.range()));
                case Step.Await<Locks.Held> await ->
                    deletions.getOrDefault(await.key(), 0L) >= await.from()
                            ? await.then().get()
                            : step;
                case Step.Done<Locks.Held> done -> throw new AssertionError("told already: " + done);
                case Step.Failed<Locks.Held> failed -> throw new AssertionError("told already: " + failed);
            };
        }

        /** What is told may be over by then, when the lease ended; never is it another's. */
        private void hold(Client client, Locks.Held told) {
            client.busy = false;
            KeyValue own = keyspace.newest(told.key());
            if (own != null && own.createRevision() <= told.revision()) {
                assertThat(queue().getFirst().key()).as("who is first").isEqualTo(told.key());
                client.holds = true;
                held++;
            }
        }

        private List<KeyValue> queue() {
            return keyspace.newest(Queue.named(NAME).keys()).stream()
                    .sorted(Comparator.comparingLong(KeyValue::createRevision))
                    .toList();
        }

        private Answer ask(Command command) {
            List<Key> before = keyspace.newest(new KeyRange(Key.of(new byte[] {0}), Key.of(new byte[] {0}))).stream()
                    .map(KeyValue::key)
                    .toList();
            Answer answer = switch (machine.decide(keyspace, command)) {
                case Decision.Commit commit -> {
                    keyspace.apply(commit.transaction());
                    yield commit.answer();
                }
                case Decision.Tell tell -> tell.answer();
                case Decision.Refuse refuse -> throw new AssertionError(refuse.refusal());
                case Decision.Alert alert -> throw new AssertionError(alert.refusal());
            };
            before.stream()
                    .filter(key -> keyspace.newest(key) == null)
                    .forEach(key -> deletions.put(key, keyspace.revision()));
            return answer;
        }
    }
}
