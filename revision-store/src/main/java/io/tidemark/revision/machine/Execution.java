package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Answer.Deleted;
import io.tidemark.revision.machine.Answer.Done;
import io.tidemark.revision.machine.Answer.Ranged;
import io.tidemark.revision.machine.Answer.Written;
import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Nothing;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import java.util.ArrayList;
import java.util.List;

/** Does operations that were checked, one after the other: each sees what those before it wrote. */
final class Execution {
    private final Keyspace state;
    private final Draft draft;
    private int deletesLeft;

    /** @param deletesMost keys that may be deleted */
    Execution(Keyspace state, int deletesMost) {
        this.state = state;
        this.draft = new Draft(state);
        this.deletesLeft = deletesMost;
    }

    Draft draft() {
        return draft;
    }

    Answer run(Op op, Branches branches) throws RefusedException {
        return switch (op) {
            case Range range -> read(range);
            case Put put -> write(put);
            case Delete delete -> delete(delete);
            case Txn txn -> runAll(txn, branches);
            case Nothing nothing -> throw new IllegalStateException("was to be refused before: " + nothing);
        };
    }

    private Done runAll(Txn txn, Branches branches) throws RefusedException {
        List<Answer> answers = new ArrayList<>();
        for (Op op : branches.taken(txn)) {
            answers.add(run(op, branches));
        }
        return new Done(draft.revision(), branches.succeeded(txn), List.copyOf(answers));
    }

    /** A revision that is asked for is one from before, whatever was written here. */
    private Ranged read(Range range) {
        if (range.revision() > 0) {
            return Reading.answer(range, state.at(range.range(), range.revision()), draft.revision());
        }
        if (!range.range().isSingle() && (range.countOnly() || range.isPlain() && range.limit() > 0)) {
            return readFew(range);
        }
        return Reading.answer(range, draft.newest(range.range()), draft.revision());
    }

    /** What is beyond the limit is counted, not read. */
    private Ranged readFew(Range range) {
        List<Key> keys = draft.keys(range.range(), Integer.MAX_VALUE);
        boolean more = !range.countOnly() && keys.size() > range.limit();
        KeyRange few = more ? new KeyRange(range.range().key(), keys.get((int) range.limit())) : range.range();
        List<KeyValue> found = range.countOnly() ? List.of() : draft.newest(few);
        return new Ranged(draft.revision(), Reading.shown(range, found), more, keys.size());
    }

    /**
     * What it builds on can be gone again by now: a delete from some key on is not seen to cover the key of a put. etcd
     * itself dies of that, at every start.
     */
    private Written write(Put put) throws RefusedException {
        KeyValue before = draft.newest(put.key());
        if (before == null && (put.ignoreValue() || put.ignoreLease())) {
            throw new RefusedException(Refusal.KEY_NOT_FOUND);
        }
        byte[] value = before != null && put.ignoreValue() ? before.value() : put.value();
        long lease = before != null && put.ignoreLease() ? before.lease() : put.lease();
        draft.put(put.key(), value, lease, before);
        return new Written(draft.revision(), put.previous() ? before : null);
    }

    /** Versions are read only for who wants them: they can be a thousand times as large as their keys. */
    private Deleted delete(Delete delete) throws RefusedException {
        List<Key> keys = draft.keys(delete.range(), deletesLeft + 1);
        if (keys.size() > deletesLeft) {
            throw new RefusedException(Refusal.REQUEST_TOO_LARGE);
        }
        deletesLeft -= keys.size();
        List<KeyValue> previous = delete.previous() ? draft.newest(delete.range()) : List.of();
        keys.forEach(draft::delete);
        return new Deleted(draft.revision(), keys.size(), previous);
    }
}
