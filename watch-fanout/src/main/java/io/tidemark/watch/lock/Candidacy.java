package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Condition;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import java.util.List;

/**
 * A session's place in a queue, or what a client says is one.
 *
 * @param created revision at which the key came to be
 */
public record Candidacy(Key key, long created, long lease) {
    private static final byte[] NOTHING = {};

    /** Ends it, when there is still the same. */
    Txn end() {
        return whileItStands(new Delete(KeyRange.single(key), false));
    }

    /** Changes its value, when there is still the same. */
    Txn say(byte[] value) {
        return whileItStands(put(key, value, lease));
    }

    private Txn whileItStands(Op op) {
        return new Txn(List.of(createdAt(key, created)), List.of(op), List.of());
    }

    static Put put(Key key, byte[] value, long lease) {
        return new Put(key, value, lease, false, false, false);
    }

    /** @param revision 0 for a key that does not exist */
    static Condition createdAt(Key key, long revision) {
        return new Condition(
                KeyRange.single(key), Condition.Target.CREATE, Condition.Relation.EQUAL, revision, NOTHING);
    }
}
