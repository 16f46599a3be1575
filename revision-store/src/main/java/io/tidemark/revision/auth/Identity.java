package io.tidemark.revision.auth;

import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Condition;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user who asks, or nobody that is known. Source of the rules: etcd's {@code server/etcdserver/apply/auth.go} and {@code
 * server/auth/store.go}.
 *
 * @param user the name; empty for nobody
 * @param revision of {@link Auth} when the user was known to be that one; 0 for nobody, less for who shows a void token
 */
public record Identity(String user, long revision) implements Asker {
    /** The user and the role that may do everything. */
    public static final String ROOT = "root";

    /** Whoever shows no token. */
    public static final Identity NOBODY = new Identity("", 0);

    /** Whoever shows a token that is none, or none any more. */
    public static final Identity STRANGER = new Identity("", -1);

    @Override
    public @Nullable Refusal refusal(Keyspace state, Command command) {
        if (isStranger()) {
            return Refusal.INVALID_AUTH_TOKEN;
        }
        return switch (command) {
            case Op op -> refusal(state, op);
            case Command.Compact compact -> administering(state.auth());
            case Command.Grant grant -> unknown();
            case Command.Revoke revoke -> revoking(state, revoke.id());
            case Command.Raise raise -> administering(state.auth());
            case Command.Clear clear -> administering(state.auth());
            case Command.Load load -> administering(state.auth());
            case Command.OfUsers change -> administering(state.auth());
        };
    }

    private @Nullable Refusal refusal(Keyspace state, Op op) {
        return switch (op) {
            case Command.Range range -> using(state.auth(), range.range(), Permission.READ);
            case Command.Put put -> putting(state, put);
            case Command.Delete delete ->
                first(
                        using(state.auth(), delete.range(), Permission.WRITE),
                        delete.previous() ? using(state.auth(), delete.range(), Permission.READ) : null);
            case Command.Txn txn ->
                first(conditions(state, txn), first(all(state, txn.success()), all(state, txn.failure())));
            case Command.Nothing nothing -> null;
        };
    }

    private @Nullable Refusal conditions(Keyspace state, Command.Txn txn) {
        for (Condition condition : txn.conditions()) {
            Refusal refusal = using(state.auth(), condition.range(), Permission.READ);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private @Nullable Refusal all(Keyspace state, List<Op> ops) {
        for (Op op : ops) {
            Refusal refusal = refusal(state, op);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** Who hangs a key on a lease can be told by its end which others hang there: they all have to be this user's. */
    private @Nullable Refusal putting(Keyspace state, Command.Put put) {
        KeyRange key = KeyRange.single(put.key());
        return first(
                using(state.auth(), key, Permission.WRITE),
                first(
                        ofLease(state, put.lease(), Permission.WRITE),
                        put.previous() ? using(state.auth(), key, Permission.READ) : null));
    }

    private @Nullable Refusal revoking(Keyspace state, long lease) {
        Refusal unknown = unknown();
        return unknown == null ? ofLease(state, lease, Permission.WRITE) : unknown;
    }

    /** What there is against asking how long a lease lives, and with which keys. */
    public @Nullable Refusal reading(Keyspace state, long lease) {
        return first(unknown(state), state.auth().enabled() ? ofLease(state, lease, Permission.READ) : null);
    }

    /** What there is against keeping a lease alive. */
    public @Nullable Refusal renewing(Keyspace state, long lease) {
        return first(unknown(state), state.auth().enabled() ? ofLease(state, lease, Permission.WRITE) : null);
    }

    private @Nullable Refusal ofLease(Keyspace state, long lease, int kind) {
        if (lease == 0 || administering(state.auth()) == null || state.lease(lease) == null) {
            return null;
        }
        for (Key key : state.keysOf(lease)) {
            Refusal refusal = using(state.auth(), KeyRange.single(key), kind);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    /** What there is against using keys. */
    public @Nullable Refusal using(Auth auth, KeyRange range, int kind) {
        Refusal unknown = unknown();
        if (unknown != null) {
            return unknown;
        }
        if (revision < auth.revision()) {
            return Refusal.AUTH_REVISION_OLD;
        }
        User asking = auth.user(user);
        if (asking == null) {
            return Refusal.PERMISSION_DENIED;
        }
        return asking.has(ROOT) || Permissions.cover(auth, asking, range, kind) ? null : Refusal.PERMISSION_DENIED;
    }

    /** What there is against doing what only those with the role root do. */
    public @Nullable Refusal administering(Auth auth) {
        if (!auth.enabled()) {
            return null;
        }
        Refusal unknown = unknown();
        if (unknown != null) {
            return unknown;
        }
        User asking = auth.user(user);
        if (asking == null) {
            return Refusal.USER_NOT_FOUND;
        }
        return asking.has(ROOT) ? null : Refusal.PERMISSION_DENIED;
    }

    /** What there is against what any user may ask, and only a user. */
    public @Nullable Refusal unknown(Keyspace state) {
        return state.auth().enabled() ? unknown() : null;
    }

    private @Nullable Refusal unknown() {
        if (isStranger()) {
            return Refusal.INVALID_AUTH_TOKEN;
        }
        return revision == 0 ? Refusal.USER_EMPTY : null;
    }

    /** Whether the token that was shown is void; that alone is a reason, whatever is asked for. */
    public boolean isStranger() {
        return revision < 0;
    }

    private static @Nullable Refusal first(@Nullable Refusal one, @Nullable Refusal other) {
        return one == null ? other : one;
    }
}
