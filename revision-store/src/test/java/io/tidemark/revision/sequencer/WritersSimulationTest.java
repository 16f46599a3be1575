package io.tidemark.revision.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.InterruptedLog;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.materialize.Materializer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Several writers of one keyspace that do not know of each other, on a log that refuses, loses, delays and does not say.
 * What one of them has answered is in the keyspace for good, at the revision that it told and nowhere else, and all that
 * read the log agree. Every life hangs on its seed alone.
 */
class WritersSimulationTest {
    private static final int SEEDS = Integer.getInteger("tidemark.simulation.seeds", 2_000);
    private static final int NODES = 3;
    private static final int STEPS = 60;
    private static final long GROUP_BYTES = 100_000;
    private static final String[] KEYS = {"a", "b", "c", "d"};
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final LogEntryCodec CODEC = new LogEntryCodec("simulated");

    @Test
    void whatWasAnsweredHoldsWhateverTheLogAndOtherWritersDo() throws Exception {
        long asked = Long.getLong("tidemark.seed", -1);
        long answered = 0;
        for (long seed = asked < 0 ? 1 : asked; seed <= (asked < 0 ? SEEDS : asked); seed++) {
            answered += new Life(seed).run();
        }
        assertThat(answered).as("writes that were answered").isGreaterThan(asked < 0 ? SEEDS * 10L : 0);
    }

    /** One life of the keyspace. */
    private static final class Life {
        private final long seed;
        private final Random random;
        private final MemoryLog log = new MemoryLog(CODEC.key());
        private final List<Node> nodes = new ArrayList<>();
        private final Map<Long, String> answered = new TreeMap<>();
        private int values;
        private boolean interrupted;

        Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (int i = 0; i < NODES; i++) {
                nodes.add(new Node());
            }
        }

        int run() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                int index = random.nextInt(NODES);
                switch (random.nextInt(20)) {
                    case 0 -> log.landLate();
                    case 1 -> log.losePower();
                    case 2 -> nodes.set(index, new Node()); // it lost its disk
                    default -> nodes.get(index).act();
                }
            }
            check();
            return answered.size();
        }

        /** What happens between the decision of one node and its append. */
        private void othersAct() {
            if (!interrupted && random.nextInt(4) == 0) {
                interrupted = true;
                nodes.get(random.nextInt(NODES)).act();
                interrupted = false;
            }
        }

        private void check() throws Exception {
            log.landLate();
            MemoryProjection whole = new MemoryProjection();
            new Materializer(log, CODEC, whole).catchUp(log.end());
            answered.forEach((revision, wanted) -> assertThat(writtenAt(whole, revision))
                    .as("seed %d, revision %d", seed, revision)
                    .isEqualTo(wanted));
            for (Node node : nodes) {
                new Materializer(log, CODEC, node.image).catchUp(log.end());
                assertThat(told(node.image)).as("seed %d", seed).isEqualTo(told(whole));
            }
        }

        /** The one write of a revision, as its key and value. */
        private static String writtenAt(MemoryProjection state, long revision) {
            if (revision > state.revision()) {
                return "nothing: the keyspace is at " + state.revision();
            }
            List<String> written = state.at(everything(), revision).stream()
                    .filter(kv -> kv.modRevision() == revision)
                    .map(Life::text)
                    .toList();
            return String.join(",", written);
        }

        private static List<String> told(MemoryProjection state) {
            List<String> told = new ArrayList<>(List.of("at " + state.revision()));
            state.newest(everything()).forEach(kv -> told.add(kv.modRevision() + " " + text(kv)));
            return told;
        }

        private static String text(KeyValue kv) {
            return kv.key() + "=" + new String(kv.value(), StandardCharsets.UTF_8);
        }

        private static KeyRange everything() {
            Key zero = Key.of(new byte[] {0});
            return new KeyRange(zero, zero);
        }

        /** A writer; it believes in its tenure until the log says otherwise. */
        private final class Node {
            private final MemoryProjection image = new MemoryProjection();
            private final Tenure tenure;
            private boolean writing;
            private boolean acting;

            Node() {
                TransactionLog shared = new InterruptedLog(log.again(), Life.this::othersAct);
                this.tenure = new Tenure(shared, CODEC, image, new Machine(Limits.ETCD, 1), CLOCK);
            }

            void act() {
                if (acting) {
                    return; // one thread's business
                }
                acting = true;
                if (random.nextInt(6) == 0) {
                    MemoryLog.Fault[] faults = MemoryLog.Fault.values();
                    log.failNext(faults[random.nextInt(faults.length)]);
                }
                try {
                    if (writing) {
                        write();
                    } else {
                        tenure.begin("");
                        writing = true;
                    }
                } catch (AppendRefusedException | AppendUnknownException | LogUnavailableException e) {
                    writing = false;
                } catch (LostLogException e) {
                    throw new AssertionError("seed " + seed, e);
                }
                acting = false;
            }

            private void write() throws AppendRefusedException, AppendUnknownException {
                Group group = new Group(GROUP_BYTES);
                int count = 1 + random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    String key = KEYS[random.nextInt(KEYS.length)];
                    String value = "v" + values++;
                    Submission submission = new Submission(put(key, value), Asker.STORE, new Told(key + "=" + value));
                    assertThat(tenure.decide(submission, group))
                            .as("seed %d", seed)
                            .isTrue();
                }
                tenure.append(group);
                group.tell();
            }
        }

        private final class Told implements Reply {
            private final String write;

            Told(String write) {
                this.write = write;
            }

            @Override
            public void told(Answer answer) {
                assertThat(answered.put(answer.revision(), write))
                        .as("seed %d, twice %d", seed, answer.revision())
                        .isNull();
            }

            @Override
            public void refused(Refusal refusal) {
                throw new AssertionError(refusal.text());
            }

            @Override
            public void failed(Failure failure) {
                // what happened is in the log
            }
        }
    }

    private static Command put(String key, String value) {
        return new Command.Put(
                Key.of(key.getBytes(StandardCharsets.UTF_8)),
                value.getBytes(StandardCharsets.UTF_8),
                0,
                false,
                false,
                false);
    }
}
