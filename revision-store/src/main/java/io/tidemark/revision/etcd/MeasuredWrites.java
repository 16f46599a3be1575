package io.tidemark.revision.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/**
 * Writes that read much: deletes that tell what there was, transactions that list, compare or ask for many keys. The one thread that
 * writes reads it all into memory, where it stays until the answer is sent. So there must be room before the thread is asked:
 *
 * <pre>
 *   event loop ─► worker: measured, memory taken ─► event loop ─► writer ─► answer sent: memory given back
 *                     └─ there is none ─► refused
 * </pre>
 *
 * Others may write in between, and then a little more is read than was measured.
 */
final class MeasuredWrites {
    private final Store store;
    private final Lists lists;
    private final Machine machine;

    MeasuredWrites(Store store, Lists lists, Headers headers) {
        this.store = store;
        this.lists = lists;
        this.machine = new Machine(Limits.ETCD, headers.memberId());
    }

    /** Answers a call with what a write came to. On the call's event loop. */
    void write(Op op, Call call, Function<Answer, MessageLite> message) {
        if (!store.sequencer().isWriting()) {
            store.write(op, call, message); // it is handed on, and measured there, or fails
        } else if (call.isHandedOn()) {
            call.awaitLog(); // another node took over just now
        } else {
            store.reads().serializable(new CallReading(call, view -> {
                Identity asker = call.asker(); // as of this view: users may have been enabled since it came
                lists.read(view, call, () -> {
                    long bytes = measure(op, asker, view, call);
                    Reply reply = new Measured(call, message, () -> lists.give(bytes));
                    call.loop().execute(() -> store.writeHere(op, call, reply));
                });
            }));
        }
    }

    /** By a worker. What is refused anyway takes nothing: the writer says why. */
    private long measure(Op op, Identity asker, View view, Call call) {
        try (view) {
            Refusal refusal = machine.refusal(view, op, asker);
            return refusal == null ? lists.take(op, view, call) : 0;
        }
    }

    /** @param over to be run once, when nothing of the answer is in memory any more */
    private record Measured(Call call, Function<Answer, MessageLite> message, Runnable over) implements Reply {
        @Override
        public void told(Answer answer) {
            call.loop().execute(() -> Calls.guarded(call, () -> send(answer)));
        }

        private void send(Answer answer) {
            boolean handedOver = false;
            try {
                Buffer told = Buffer.buffer(message.apply(answer).toByteArray());
                handedOver = true;
                call.answer(told, over);
            } finally {
                if (!handedOver) {
                    over.run();
                }
            }
        }

        @Override
        public void refused(Refusal refusal) {
            over.run();
            call.refuse(refusal);
        }

        @Override
        public void failed(Failure failure) {
            over.run();
            call.fail(failure);
        }

        @Override
        public boolean abandoned() {
            return call.isOver();
        }
    }
}
