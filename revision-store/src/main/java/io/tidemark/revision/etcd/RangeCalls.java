package io.tidemark.revision.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.Listing;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Answers Range. A key alone is read on the event loop. Several are read by a worker, and in their natural order they go
 * out as they are stored: no object is made for a key.
 */
final class RangeCalls {
    private final Store store;
    private final Machine machine;
    private final Answers answers;
    private final Headers headers;
    private final Lists lists;
    private final OperationCounts operations;
    private final Consumer<Key> absent;

    /** @param absent told of each key that is not there, at the newest revision */
    RangeCalls(Store store, Headers headers, Lists lists, OperationCounts operations, Consumer<Key> absent) {
        this.store = store;
        this.machine = new Machine(Limits.ETCD, headers.memberId());
        this.headers = headers;
        this.answers = new Answers(headers);
        this.lists = lists;
        this.operations = operations;
        this.absent = absent;
    }

    /** @param serializable whether what is applied here will do */
    void answer(Range range, boolean serializable, Call call) {
        read(serializable, call, view -> {
            Identity asker = call.asker(); // as of this view: users may have been enabled since it came
            if (range.range().isSingle()) {
                try (view) {
                    Calls.guarded(call, () -> read(range, asker, view, call));
                }
            } else {
                lists.read(view, call, () -> readSeveral(range, asker, view, call));
            }
        });
    }

    /** The same for a transaction that only reads: all of it from one view. */
    void answer(Txn txn, boolean serializable, Call call) {
        read(serializable, call, view -> {
            Identity asker = call.asker();
            lists.read(view, call, () -> {
                try (view) {
                    decide(txn, asker, view, call);
                }
            });
        });
    }

    private void decide(Txn txn, Identity asker, View view, Call call) {
        Refusal refusal = machine.refusal(view, txn, asker);
        if (refusal != null) {
            call.refuse(refusal);
            return;
        }
        lists.answer(txn, view, call, () -> switch (machine.decide(view, txn, asker, 0)) {
            case Decision.Refuse refuse -> {
                call.refuse(refuse.refusal());
                yield null;
            }
            case Decision.Tell tell -> {
                operations.count(tell.answer());
                yield answers.txn((Answer.Done) tell.answer());
            }
            case Decision.Commit commit -> throw writes(commit.transaction());
            case Decision.Alert alert -> throw writes(alert.transaction());
        });
    }

    private static IllegalStateException writes(Transaction transaction) {
        return new IllegalStateException("a transaction that only reads writes " + transaction);
    }

    /** The same in pieces. What has to be sorted or filtered is not, as in etcd: clients then ask for a Range. */
    void stream(Range range, boolean serializable, Call call) {
        read(serializable, call, view -> {
            Identity asker = call.asker(); // as of this view: users may have been enabled since it came
            if (!begin(range, asker, view, call)) {
                view.close();
            }
        });
    }

    private void read(boolean serializable, Call call, Consumer<View> reading) {
        if (serializable) {
            store.reads().serializable(new CallReading(call, reading));
        } else {
            store.read(call, reading);
        }
    }

    /** True when a stream has the view now. */
    private boolean begin(Range range, Identity asker, View view, Call call) {
        Refusal malformed = machine.refusal(range);
        if (malformed != null) {
            call.refuse(malformed);
        } else if (!range.sort().isNatural()) {
            call.refuse(GrpcStatus.UNIMPLEMENTED, "RangeStream does not support custom sort orders");
        } else if (!range.bounds().isNone()) {
            call.refuse(GrpcStatus.UNIMPLEMENTED, "RangeStream does not support revision filters");
        } else {
            Refusal refusal = machine.refusal(view, range, asker);
            if (refusal == null) {
                operations.countRange();
                stream(range, view, call);
                return true;
            }
            call.refuse(refusal);
        }
        return false;
    }

    private void stream(Range range, View view, Call call) {
        if (range.countOnly()) {
            lists.read(view, call, () -> withObjects(range, view, call, answers::rangeStream));
        } else {
            lists.stream(range, view, call);
        }
    }

    private boolean isRefused(Range range, Identity asker, View view, Call call) {
        Refusal refusal = machine.refusal(view, range, asker);
        if (refusal == null) {
            operations.countRange();
            return false;
        }
        call.refuse(refusal);
        return true;
    }

    /** A key. On the event loop. */
    private void read(Range range, Identity asker, View view, Call call) {
        if (isRefused(range, asker, view, call)) {
            return;
        }
        if (range.isPlain() && !range.keysOnly()) {
            lists.send(single(range, view), call);
        } else {
            Answer.Ranged ranged = decided(range, view);
            call.answer(() -> answers.range(ranged));
        }
    }

    /** By a worker; it closes the view, or whoever it hands it on to. */
    private void readSeveral(Range range, Identity asker, View view, Call call) {
        if (isRefused(range, asker, view, call)) {
            view.close();
        } else if (range.isPlain()) {
            lists.answer(range, view, call);
        } else {
            withObjects(range, view, call, answers::range);
        }
    }

    /** By a worker. */
    private void withObjects(Range range, View view, Call call, Function<Answer.Ranged, MessageLite> message) {
        try (view) {
            lists.answer(range, view, call, () -> message.apply(decided(range, view)));
        }
    }

    private Answer.Ranged decided(Range range, View view) {
        if (range.countOnly()) {
            return new Answer.Ranged(
                    view.revision(), List.of(), false, view.count(range.range(), Math.max(0, range.revision())));
        }
        Decision decision = machine.decide(view, range);
        if (decision instanceof Decision.Tell tell && tell.answer() instanceof Answer.Ranged ranged) {
            return ranged;
        }
        throw new IllegalStateException("a range that is not refused is told, found " + decision);
    }

    private Buffer single(Range range, View view) {
        Listing one = new Listing(range.range(), Math.max(0, range.revision()), 0, false);
        EncodedPage found = view.page(one, Long.MAX_VALUE, ByteBuffer::allocate);
        if (found.returned() == 0 && range.revision() <= 0) {
            absent.accept(range.range().key());
        }
        return RangeBytes.answer(headers.at(view.revision()), found.chunks(), false, found.returned());
    }
}
