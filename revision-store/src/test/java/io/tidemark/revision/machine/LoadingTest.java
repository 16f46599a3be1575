package io.tidemark.revision.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.machine.Command.Load;
import io.tidemark.revision.machine.Transaction.Change;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The history in the examples: compacted at 6; a was written at 3, b twice until 5, a again at 7 when b was deleted. */
class LoadingTest {
    private static final Loaded.Revision THIRD = at(3, put("a", 3, 3, 1));
    private static final Loaded.Revision FIFTH = at(5, put("b", 4, 5, 2));
    private static final Loaded.Revision SEVENTH = at(7, put("a", 3, 7, 2), delete("b"));

    private final Machine machine = new Machine(Limits.ETCD, 1);
    private final MemoryKeyspace state = new MemoryKeyspace();
    private final Ahead ahead = new Ahead(state);

    private static Change put(String key, long created, long written, long version) {
        return new Change.Put(new KeyValue(Key.of(key.getBytes(UTF_8)), created, written, version, new byte[] {1}, 0));
    }

    private static Change delete(String key) {
        return new Change.Delete(Key.of(key.getBytes(UTF_8)));
    }

    private static Loaded.Revision at(long revision, Change... changes) {
        List<Integer> subs = IntStream.range(0, changes.length).boxed().toList();
        return new Loaded.Revision(revision, List.of(changes), subs, 0);
    }

    private Decision decide(long expected, long compacted, Loaded.Revision... revisions) {
        Decision decision = machine.decide(ahead, new Load(expected, new Loaded(List.of(revisions), compacted)));
        if (decision instanceof Decision.Commit commit) {
            ahead.add(commit.transaction());
        }
        return decision;
    }

    private void load(long expected, long compacted, Loaded.Revision... revisions) {
        assertThat(decide(expected, compacted, revisions)).isInstanceOf(Decision.Commit.class);
    }

    private void refused(Refusal why, long expected, long compacted, Loaded.Revision... revisions) {
        assertThat(decide(expected, compacted, revisions)).isEqualTo(new Decision.Refuse(why));
    }

    @Test
    void aCompactedHistoryIsLoadedInPiecesOfOneGroup() {
        load(1, 6, THIRD);
        assertThat(ahead.compacted()).isEqualTo(3);
        load(3, 6, FIFTH, SEVENTH);

        assertThat(ahead.revision()).isEqualTo(7);
        assertThat(ahead.compacted()).isEqualTo(6);
        assertThat(ahead.newest(KeyRange.single(Key.of("a".getBytes(UTF_8))))).hasSize(1);
        assertThat(ahead.newest(Key.of("b".getBytes(UTF_8)))).isNull();
    }

    @Test
    void whatIsNotBehindTheKeyspaceIsRefused() {
        refused(Refusal.OTHER_REVISION, 2, 0, at(3, put("a", 3, 3, 1)));
        refused(Refusal.DOES_NOT_FOLLOW, 1, 0, at(1, put("a", 1, 1, 1)));
        load(1, 6, THIRD);
        refused(Refusal.OTHER_REVISION, 1, 6, THIRD);
        refused(Refusal.DOES_NOT_FOLLOW, 3, 6, SEVENTH, FIFTH);
    }

    @Test
    void aboveTheCompactionVersionsFollowFromEachOther() {
        load(1, 6, THIRD, FIFTH);
        refused(Refusal.DOES_NOT_FOLLOW, 5, 6, at(7, put("a", 3, 7, 3)));
        refused(Refusal.DOES_NOT_FOLLOW, 5, 6, at(7, put("a", 4, 7, 2)));
        refused(Refusal.DOES_NOT_FOLLOW, 5, 6, at(7, put("c", 3, 7, 2)));
        refused(Refusal.DOES_NOT_FOLLOW, 5, 6, at(7, put("c", 7, 7, 2)));
        refused(Refusal.DOES_NOT_FOLLOW, 5, 6, at(7, delete("c")));
        refused(Refusal.DOES_NOT_FOLLOW, 5, 6, at(7));
        refused(Refusal.DOES_NOT_FOLLOW, 5, 6, SEVENTH, at(8, put("b", 4, 8, 3)));
        load(5, 6, SEVENTH, at(8, put("b", 8, 8, 1)));
    }

    @Test
    void belowTheCompactionWhatWasBeforeIsNotKnown() {
        load(1, 6, at(4, put("a", 2, 4, 9)), at(6, delete("b"), put("c", 1, 6, 2)));
    }

    @Test
    void aVersionHasTheRevisionItIsAt() {
        refused(Refusal.DOES_NOT_FOLLOW, 1, 6, at(3, put("a", 2, 4, 1)));
        refused(Refusal.DOES_NOT_FOLLOW, 1, 6, at(3, put("a", 4, 3, 1)));
        refused(Refusal.DOES_NOT_FOLLOW, 1, 6, at(3, put("a", 0, 3, 1)));
        refused(Refusal.DOES_NOT_FOLLOW, 1, 6, at(3, put("a", 3, 3, 0)));
        refused(Refusal.DOES_NOT_FOLLOW, 1, 6, at(3, put("", 3, 3, 1)));
    }

    @Test
    void placesInARevisionAscend() {
        Change a = put("a", 3, 3, 1);
        Change b = put("b", 3, 3, 1);
        refused(Refusal.DOES_NOT_FOLLOW, 1, 6, new Loaded.Revision(3, List.of(a, b), List.of(4, 4), 0));
        refused(Refusal.DOES_NOT_FOLLOW, 1, 6, new Loaded.Revision(3, List.of(a, b), List.of(-1, 4), 0));
        load(1, 6, new Loaded.Revision(3, List.of(a, b), List.of(2, 4), 0));
    }

    @Test
    void whatIsFullOrCorruptTakesNothing() {
        assertThat(machine.decide(ahead, new Load(1, new Loaded(List.of(THIRD), 6)), Asker.STORE, Limits.ETCD.quota()))
                .isInstanceOf(Decision.Alert.class);
        ahead.add(new Transaction.Raised(new Alarm(1, Alarm.CORRUPT)));
        refused(Refusal.CORRUPT, 1, 6, THIRD);
    }
}
