package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Compact;
import io.tidemark.revision.machine.Command.Grant;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Revoke;
import io.tidemark.revision.machine.Decision.Commit;
import io.tidemark.revision.machine.Decision.Refuse;
import io.tidemark.revision.machine.Decision.Tell;
import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Compacted;
import io.tidemark.revision.machine.Transaction.Ended;
import io.tidemark.revision.machine.Transaction.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a command does to the newest state:
 *
 * <pre>
 *   command ─► checked alone ─► checked against the state ─► done on a draft ─┬─ wrote something ─► Commit
 *                   └──────────────────┴──────► Refuse                        └─ else ────────────► Tell
 * </pre>
 *
 * The state stays as it is; whoever logs the transaction of a Commit applies it. Instances are immutable.
 */
public final class Machine {
    private final Limits limits;
    private final RequestChecks checks;

    public Machine(Limits limits) {
        this.limits = limits;
        this.checks = new RequestChecks(limits);
    }

    public Decision decide(Keyspace state, Command command) {
        try {
            return switch (command) {
                case Op op -> operate(state, op);
                case Compact compact -> compact(state, compact);
                case Grant grant -> grant(state, grant);
                case Revoke revoke -> revoke(state, revoke);
            };
        } catch (RefusedException e) {
            return new Refuse(e.refusal());
        }
    }

    /** What there is against a range that somebody else is going to answer; null when nothing. */
    public @Nullable Refusal refusal(Keyspace state, Range range) {
        try {
            checks.check(range);
            Reading.check(range, state);
            return null;
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    private Decision operate(Keyspace state, Op op) throws RefusedException {
        checks.check(op);
        Branches branches = Branches.of(op, state);
        branches.check(op);
        Execution execution = new Execution(state);
        Answer answer = execution.run(op, branches);
        List<Change> changes = execution.draft().changes();
        return changes.isEmpty()
                ? new Tell(answer)
                : new Commit(new Write(execution.draft().revision(), List.copyOf(changes), 0), answer);
    }

    private static Decision compact(Keyspace state, Compact compact) throws RefusedException {
        if (compact.revision() <= state.compacted()) {
            throw new RefusedException(Refusal.COMPACTED);
        }
        if (compact.revision() > state.revision()) {
            throw new RefusedException(Refusal.FUTURE_REVISION);
        }
        return new Commit(new Compacted(compact.revision()), new Answer.Plain(state.revision()));
    }

    private Decision grant(Keyspace state, Grant grant) throws RefusedException {
        if (grant.ttlSeconds() > limits.leaseTtlMost()) {
            throw new RefusedException(Refusal.LEASE_TTL_TOO_LARGE);
        }
        long id = grant.id() == 0 ? free(state, grant.free()) : grant.id();
        if (state.lease(id) != null) {
            throw new RefusedException(Refusal.LEASE_EXISTS);
        }
        Lease lease = new Lease(id, Math.max(limits.leaseTtlLeast(), grant.ttlSeconds()));
        return new Commit(new Transaction.Granted(lease), new Answer.Granted(state.revision(), lease));
    }

    private static long free(Keyspace state, long first) {
        long id = Math.max(1, first);
        while (state.lease(id) != null) {
            id = id == Long.MAX_VALUE ? 1 : id + 1;
        }
        return id;
    }

    private static Decision revoke(Keyspace state, Revoke revoke) throws RefusedException {
        if (state.lease(revoke.id()) == null) {
            throw new RefusedException(Refusal.LEASE_NOT_FOUND);
        }
        List<Change> changes = state.keysOf(revoke.id()).stream()
                .<Change>map(Change.Delete::new)
                .toList();
        if (changes.isEmpty()) {
            return new Commit(new Ended(revoke.id()), new Answer.Plain(state.revision()));
        }
        long revision = state.revision() + 1;
        return new Commit(new Write(revision, changes, revoke.id()), new Answer.Plain(revision));
    }
}
