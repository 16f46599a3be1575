package io.tidemark.revision.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.revision.machine.Command.Bounds;
import io.tidemark.revision.machine.Command.Compact;
import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Grant;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Revoke;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Decision.Alert;
import io.tidemark.revision.machine.Decision.Commit;
import io.tidemark.revision.machine.Decision.Refuse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a recorded etcd cannot show; for all else its transcripts are the measure (tests, package conformance). */
class MachineTest {
    private static final KeyRange ALL = new KeyRange(key("\0"), key("\0"));

    private final Machine machine = new Machine(Limits.ETCD, 1);

    private static Key key(String text) {
        return Key.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Put put(String key, String value, long lease) {
        return new Put(key(key), value.getBytes(StandardCharsets.UTF_8), lease, false, false, false);
    }

    private static Txn always(Op... ops) {
        return new Txn(List.of(), List.of(ops), List.of());
    }

    private List<Transaction> run(MemoryKeyspace keyspace, Command... commands) {
        List<Transaction> log = new ArrayList<>();
        for (Command command : commands) {
            if (machine.decide(keyspace, command) instanceof Commit commit) {
                keyspace.apply(commit.transaction());
                log.add(commit.transaction());
            }
        }
        return log;
    }

    /** etcd 3.7.3 accepts this, dies of it and dies again at each start. */
    @Test
    void aPutThatKeepsWhatWasDeletedBeforeItIsRefusedWithoutATrace() {
        MemoryKeyspace keyspace = new MemoryKeyspace();
        run(keyspace, put("k", "1", 0));
        Put keeping = new Put(key("k"), new byte[0], 0, false, true, false);
        Delete open = new Delete(new KeyRange(key("a"), key("\0")), false);

        Decision decision = machine.decide(keyspace, always(open, keeping));

        assertThat(decision).isEqualTo(new Refuse(Refusal.KEY_NOT_FOUND));
        assertThat(keyspace.revision()).isEqualTo(2);
        assertThat(keyspace.newest(ALL)).hasSize(1);
    }

    /** Also in the middle of a transaction. */
    @Test
    void aDeleteOfMoreKeysThanThereMayBeIsRefusedWithoutATrace() {
        Machine few = new Machine(new Limits(128, 2, 100, 1 << 20, 3), 1);
        MemoryKeyspace keyspace = new MemoryKeyspace();
        run(keyspace, put("a", "1", 0), put("b", "1", 0), put("c", "1", 0), put("d", "1", 0));
        Delete three = delete("b", "\0");

        for (Op tooMany : List.of(
                delete("a", "\0"),
                new Delete(ALL, true),
                always(put("e", "1", 0), delete("a", "\0")),
                always(delete("a", "c"), delete("c", "\0")),
                always(three, always(delete("a", "b"))))) {
            assertThat(few.decide(keyspace, tooMany))
                    .as("%s", tooMany)
                    .isEqualTo(new Refuse(Refusal.REQUEST_TOO_LARGE));
        }
        assertThat(keyspace.revision()).isEqualTo(5);
        assertThat(keyspace.newest(ALL)).hasSize(4);
        assertThat(few.decide(keyspace, three)).isInstanceOf(Commit.class);
        assertThat(few.decide(keyspace, always(delete("a", "b"), delete("a", "d"))))
                .isInstanceOf(Commit.class);
    }

    private static Delete delete(String from, String end) {
        return new Delete(new KeyRange(key(from), key(end)), false);
    }

    @Test
    void aDeleteSeesWhatWasPutAndDeletedBeforeItInItsTransaction() {
        MemoryKeyspace keyspace = new MemoryKeyspace();
        run(keyspace, put("a", "1", 0), put("b", "1", 0), put("c", "1", 0));
        Txn txn = always(
                put("d", "1", 0),
                delete("b", "c"),
                delete("b", "\0"),
                put("e", "1", 0),
                delete("a", "\0"),
                delete("a", "\0"));

        Commit commit = (Commit) machine.decide(keyspace, txn);

        assertThat(((Answer.Done) commit.answer()).answers())
                .filteredOn(Answer.Deleted.class::isInstance)
                .extracting(answer -> ((Answer.Deleted) answer).count())
                .containsExactly(1L, 2L, 2L, 0L);
        assertThat(((Transaction.Write) commit.transaction()).changes())
                .filteredOn(Transaction.Change.Delete.class::isInstance)
                .extracting(Transaction.Change::key)
                .containsExactly(key("b"), key("c"), key("d"), key("a"), key("e"));
    }

    /** What is written beside others between the alarm and its end is told the same, and nothing is logged for it. */
    @Test
    void theFirstWriteWithoutRoomRaisesTheAlarmOfThisNodeAndTheNextOnesDoNot() {
        Machine small = new Machine(Limits.ETCD.withQuota(1_000), 7);
        MemoryKeyspace keyspace = new MemoryKeyspace();
        Alarm full = new Alarm(7, Alarm.NO_SPACE);

        assertThat(small.decide(keyspace, put("k", "1", 0), Asker.STORE, 741)).isInstanceOf(Commit.class);
        assertThat(small.decide(keyspace, put("k", "1", 0), Asker.STORE, 742))
                .isEqualTo(new Alert(new Transaction.Raised(full), Refusal.NO_SPACE));
        assertThat(small.decide(keyspace, new Grant(1, 10, 1), Asker.STORE, 935))
                .isInstanceOf(Commit.class);
        assertThat(small.decide(keyspace, new Grant(1, 10, 1), Asker.STORE, 936))
                .isInstanceOf(Alert.class);

        keyspace.apply(new Transaction.Raised(full));

        assertThat(small.decide(keyspace, put("k", "1", 0), Asker.STORE, 742)).isEqualTo(new Refuse(Refusal.NO_SPACE));
        assertThat(small.decide(keyspace, put("k", "1", 0), Asker.STORE, 0)).isEqualTo(new Refuse(Refusal.NO_SPACE));
    }

    @Test
    void whatIsCorruptIsOnlyRead() {
        MemoryKeyspace keyspace = new MemoryKeyspace();
        run(keyspace, put("k", "1", 0), new Grant(5, 10, 1), new Command.Raise(new Alarm(0, Alarm.CORRUPT)));
        Delete delete = new Delete(KeyRange.single(key("k")), false);
        Range range = new Range(ALL, 0, 0, new Sort(Sort.Order.NONE, Sort.Target.KEY), Bounds.NONE, false, false);

        for (Command write :
                List.of(put("k", "2", 0), delete, always(delete), always(always()), new Compact(2), new Revoke(5))) {
            assertThat(machine.decide(keyspace, write)).as("%s", write).isEqualTo(new Refuse(Refusal.CORRUPT));
        }
        assertThat(machine.decide(keyspace, range)).isInstanceOf(Decision.Tell.class);
        assertThat(machine.decide(keyspace, always(range))).isInstanceOf(Decision.Tell.class);
    }

    @Test
    void anIdThatTheServerChoosesIsAFreeOne() {
        MemoryKeyspace keyspace = new MemoryKeyspace();
        run(keyspace, new Grant(Long.MAX_VALUE, 10, 1), new Grant(1, 10, 1));

        run(keyspace, new Grant(0, 10, Long.MAX_VALUE));

        assertThat(keyspace.leases()).extracting(Lease::id).containsExactly(1L, 2L, Long.MAX_VALUE);
    }

    @Test
    void aLogWithAGapIsNotApplied() {
        MemoryKeyspace keyspace = new MemoryKeyspace();

        assertThatThrownBy(() -> keyspace.apply(new Transaction.Write(3, List.of(), 0)))
                .hasMessage("expected revision 2, found 3");
    }

    /** Whoever reads the log comes to the state in which it was decided, without deciding: with random commands. */
    @Test
    void replayEqualsLife() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            MemoryKeyspace life = new MemoryKeyspace();
            List<Transaction> log = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                log.addAll(run(life, command(random, life)));
            }

            MemoryKeyspace replayed = new MemoryKeyspace();
            log.forEach(replayed::apply);

            assertThat(state(replayed)).as("seed %d", seed).isEqualTo(state(life));
            assertThat(life.revision()).as("seed %d", seed).isGreaterThan(50);
        }
    }

    private static Command command(Random random, MemoryKeyspace keyspace) {
        Put put = put(name(random), "v" + random.nextInt(9), random.nextInt(4));
        Delete delete =
                new Delete(new KeyRange(key(name(random)), key(random.nextBoolean() ? "" : name(random))), true);
        return switch (random.nextInt(9)) {
            case 0 -> new Grant(1 + random.nextInt(3), 100, 1);
            case 1 -> new Revoke(1 + random.nextInt(3));
            case 2 -> new Compact(keyspace.revision() - random.nextInt(30));
            case 3 -> delete;
            case 4 -> always(delete, put("x" + random.nextInt(3), "t", 0));
            default -> put;
        };
    }

    private static String name(Random random) {
        return String.valueOf((char) ('a' + random.nextInt(6)));
    }

    private String state(MemoryKeyspace keyspace) {
        StringBuilder state = new StringBuilder();
        state.append(keyspace.revision()).append(' ').append(keyspace.compacted());
        for (long at = Math.max(1, keyspace.compacted()); at <= keyspace.revision(); at++) {
            Range range = new Range(ALL, at, 0, Sort.NATURAL, Bounds.NONE, false, false);
            Decision.Tell tell = (Decision.Tell) machine.decide(keyspace, range);
            ((Answer.Ranged) tell.answer())
                    .kvs()
                    .forEach(kv -> state.append(kv.key())
                            .append(new String(kv.value(), StandardCharsets.UTF_8))
                            .append(kv.createRevision() + "." + kv.modRevision() + "." + kv.version() + "."
                                    + kv.lease())
                            .append(' '));
        }
        keyspace.leases().forEach(lease -> state.append(lease).append(keyspace.keysOf(lease.id())));
        return state.toString();
    }
}
