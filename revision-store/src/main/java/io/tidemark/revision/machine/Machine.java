package io.tidemark.revision.machine;

import io.tidemark.revision.machine.Command.Clear;
import io.tidemark.revision.machine.Command.Compact;
import io.tidemark.revision.machine.Command.Grant;
import io.tidemark.revision.machine.Command.Load;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Raise;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Revoke;
import io.tidemark.revision.machine.Decision.Alert;
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
 *   command ─► room? ─► checked alone ─► who asks? ─► checked against the state ─► done on a draft ─┬─ wrote ─► Commit
 *               │ no          └──────────────┴─────────────────┴──────► Refuse                       └─ else ──► Tell
 *               └─► Alert, Refuse when there is an alarm already
 * </pre>
 *
 * The state stays as it is; whoever logs the transaction of a Commit applies it. Instances are immutable.
 */
public final class Machine {
    private final Limits limits;
    private final long member;
    private final RequestChecks checks;

    /** @param member the node that decides, in whose name alarms are raised */
    public Machine(Limits limits, long member) {
        this.limits = limits;
        this.member = member;
        this.checks = new RequestChecks(limits);
    }

    /** Decides where there is room for everything, and for somebody who may do everything. */
    public Decision decide(Keyspace state, Command command) {
        return decide(state, command, Asker.STORE, 0);
    }

    /** @param used bytes that the store takes */
    public Decision decide(Keyspace state, Command command, Asker asker, long used) {
        if (!fits(command, used)) {
            Alarm full = new Alarm(member, Alarm.NO_SPACE);
            return state.alarms().has(full)
                    ? new Refuse(Refusal.NO_SPACE)
                    : new Alert(new Transaction.Raised(full), Refusal.NO_SPACE);
        }
        try {
            return switch (command) {
                case Op op -> operate(state, op, asker);
                case Compact compact -> compact(state, compact, asker);
                case Grant grant -> grant(state, grant, asker);
                case Revoke revoke -> revoke(state, revoke, asker);
                case Raise raise -> raise(state, raise, asker);
                case Clear clear -> clear(state, clear, asker);
                case Load load -> load(state, load, asker);
                case Command.OfUsers change -> {
                    check(state, change, asker);
                    yield change.decide(state);
                }
            };
        } catch (RefusedException e) {
            return new Refuse(e.refusal());
        }
    }

    /** Whether there is room for what the command may add; what adds nothing always fits. */
    public boolean fits(Command command, long used) {
        long cost = cost(command);
        return cost == 0 || used + cost < limits.quota();
    }

    /** Whether a command may add something, for which there has to be room. */
    public static boolean adds(Command command) {
        return cost(command) > 0;
    }

    private static long cost(Command command) {
        return switch (command) {
            case Op op -> Cost.of(op);
            case Grant grant -> Cost.LEASE;
            case Compact compact -> 0;
            case Revoke revoke -> 0;
            case Raise raise -> 0;
            case Clear clear -> 0;
            case Load load -> Cost.of(load.loaded());
            case Command.OfUsers change -> 0;
        };
    }

    /** What there is against a range, whatever the state; null when nothing. */
    public @Nullable Refusal refusal(Range range) {
        try {
            checks.check(range);
            return null;
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    /**
     * What there is against an operation before anything of it is read or done; null when nothing. A range that is not refused can be
     * answered by somebody else.
     */
    public @Nullable Refusal refusal(Keyspace state, Op op, Asker asker) {
        try {
            checks.check(op);
            AlarmChecks.check(state.alarms(), op);
            check(state, op, asker);
            if (op instanceof Range range) {
                Reading.check(range, state);
            }
            return null;
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    private static void check(Keyspace state, Command command, Asker asker) throws RefusedException {
        if (state.auth().enabled()) {
            Refusal refusal = asker.refusal(state, command);
            if (refusal != null) {
                throw new RefusedException(refusal);
            }
        }
    }

    private Decision operate(Keyspace state, Op op, Asker asker) throws RefusedException {
        checks.check(op);
        AlarmChecks.check(state.alarms(), op);
        check(state, op, asker);
        Branches branches = Branches.of(op, state);
        branches.check(op);
        Execution execution = new Execution(state, limits.deletes());
        Answer answer = execution.run(op, branches);
        List<Change> changes = execution.draft().changes();
        return changes.isEmpty()
                ? new Tell(answer)
                : new Commit(new Write(execution.draft().revision(), List.copyOf(changes), 0), answer);
    }

    private static Decision compact(Keyspace state, Compact compact, Asker asker) throws RefusedException {
        AlarmChecks.refuseWhenCorrupt(state.alarms());
        check(state, compact, asker);
        if (compact.revision() <= state.compacted()) {
            throw new RefusedException(Refusal.COMPACTED);
        }
        if (compact.revision() > state.revision()) {
            throw new RefusedException(Refusal.FUTURE_REVISION);
        }
        return new Commit(new Compacted(compact.revision()), new Answer.Plain(state.revision()));
    }

    private Decision grant(Keyspace state, Grant grant, Asker asker) throws RefusedException {
        check(state, grant, asker);
        AlarmChecks.refuseWhenCorrupt(state.alarms());
        AlarmChecks.refuseWhenFull(state.alarms());
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

    private static Decision revoke(Keyspace state, Revoke revoke, Asker asker) throws RefusedException {
        AlarmChecks.refuseWhenCorrupt(state.alarms());
        check(state, revoke, asker);
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

    private static Decision load(Keyspace state, Load load, Asker asker) throws RefusedException {
        AlarmChecks.refuseWhenCorrupt(state.alarms());
        AlarmChecks.refuseWhenFull(state.alarms());
        check(state, load, asker);
        return Loading.decide(state, load);
    }

    /** One that is raised already is told again; one of no kind is none. */
    private static Decision raise(Keyspace state, Raise raise, Asker asker) throws RefusedException {
        check(state, raise, asker);
        Alarm alarm = raise.alarm();
        if (alarm.kind() == 0) {
            return new Tell(new Answer.Alarmed(state.revision(), List.of()));
        }
        Answer answer = new Answer.Alarmed(state.revision(), List.of(alarm));
        return state.alarms().has(alarm) ? new Tell(answer) : new Commit(new Transaction.Raised(alarm), answer);
    }

    private static Decision clear(Keyspace state, Clear clear, Asker asker) throws RefusedException {
        check(state, clear, asker);
        Alarm alarm = clear.alarm();
        return state.alarms().has(alarm)
                ? new Commit(new Transaction.Cleared(alarm), new Answer.Alarmed(state.revision(), List.of(alarm)))
                : new Tell(new Answer.Alarmed(state.revision(), List.of()));
    }
}
