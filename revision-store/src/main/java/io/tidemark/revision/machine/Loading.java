package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Load;
import io.tidemark.revision.machine.Transaction.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be said against a history that is loaded. Above what was compacted, each version has to follow from the one before;
 * below, the ones before are not known.
 */
final class Loading {
    private final Keyspace state;
    private final Loaded loaded;
    /** What this piece made of the keys that it touched; empty stands for their end. */
    private final Map<Key, Optional<KeyValue>> touched = new HashMap<>();

    private Loading(Keyspace state, Loaded loaded) {
        this.state = state;
        this.loaded = loaded;
    }

    static Decision decide(Keyspace state, Load load) throws RefusedException {
        if (load.expected() != state.revision()) {
            throw new RefusedException(Refusal.OTHER_REVISION);
        }
        new Loading(state, load.loaded()).check();
        return new Decision.Commit(load.loaded(), new Answer.Plain(load.loaded().revision()));
    }

    private void check() throws RefusedException {
        long before = state.revision();
        for (Loaded.Revision next : loaded.revisions()) {
            boolean isCompacted = next.revision() <= loaded.compactRevision();
            refuseUnless(next.revision() > before && next.micros() >= 0 && ascends(next.subs()));
            refuseUnless(isCompacted || !next.changes().isEmpty());
            for (Change change : next.changes()) {
                refuseUnless(!change.key().isEmpty() && follows(change, next.revision()));
                touched.put(change.key(), change instanceof Change.Put put ? Optional.of(put.kv()) : Optional.empty());
            }
            before = next.revision();
        }
    }

    private static boolean ascends(List<Integer> subs) {
        int before = -1;
        for (int sub : subs) {
            if (sub <= before) {
                return false;
            }
            before = sub;
        }
        return true;
    }

    private boolean follows(Change change, long revision) {
        boolean known = revision > loaded.compactRevision();
        KeyValue before = known ? newest(change.key()) : null;
        return switch (change) {
            case Change.Delete delete -> !known || before != null;
            case Change.Put put -> isSane(put.kv(), revision) && (!known || follows(put.kv(), before));
        };
    }

    private static boolean isSane(KeyValue kv, long revision) {
        return kv.modRevision() == revision
                && kv.createRevision() > 0
                && kv.createRevision() <= revision
                && kv.version() > 0;
    }

    private static boolean follows(KeyValue kv, @Nullable KeyValue before) {
        return before == null
                ? kv.version() == 1 && kv.createRevision() == kv.modRevision()
                : kv.version() == before.version() + 1 && kv.createRevision() == before.createRevision();
    }

    private @Nullable KeyValue newest(Key key) {
        Optional<KeyValue> here = touched.get(key);
        return here == null ? state.newest(key) : here.orElse(null);
    }

    private static void refuseUnless(boolean right) throws RefusedException {
        if (!right) {
            throw new RefusedException(Refusal.DOES_NOT_FOLLOW);
        }
    }
}
