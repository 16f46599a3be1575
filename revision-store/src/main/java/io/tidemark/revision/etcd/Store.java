package io.tidemark.revision.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Reads;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.View;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The keyspace behind the port. What a call asks of the log, in the name of who asks, goes through here: it has a time for it. */
public record Store(Sequencer sequencer, Reads reads, Image image, LeaseTimes leases) {
    /** Answers a call with what a write came to. On the call's event loop. */
    void write(Command command, Call call, Function<Answer, MessageLite> message) {
        write(command, call, new CallReply(call, message));
    }

    /** On the call's event loop. */
    void write(Command command, Call call, Reply reply) {
        if (!call.isHandedOn()) {
            sequencer.submit(command, call.asker(), reply);
        }
        call.awaitLog();
    }

    /** The same of a call that is known not to be handed on, and waited for something else since. On the call's event loop. */
    void writeHere(Command command, Call call, Reply reply) {
        sequencer.submit(command, call.asker(), reply);
        call.awaitLogAgain();
    }

    /**
     * Reads what every write left that was answered before. On the call's event loop.
     *
     * @param reading closes the view
     */
    void read(Call call, Consumer<View> reading) {
        reads.linearizable(new CallReading(call, reading), call.loop());
        call.awaitLog();
    }

    /**
     * Answers a call with what is read then, which is not much.
     *
     * @param check what there is against it; null when nothing
     */
    void answer(Call call, BiFunction<Identity, View, @Nullable Refusal> check, Function<View, MessageLite> answer) {
        read(call, view -> {
            try (view) {
                Refusal refusal = check.apply(call.asker(), view);
                if (refusal == null) {
                    MessageLite message = answer.apply(view);
                    call.answer(() -> message);
                } else {
                    call.refuse(refusal);
                }
            }
        });
    }
}
