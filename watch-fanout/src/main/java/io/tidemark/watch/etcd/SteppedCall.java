package io.tidemark.watch.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.watch.lock.Step;
import io.vertx.grpc.common.GrpcStatus;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call of locks or elections, which does its steps. On its event loop. */
final class SteppedCall<T> implements Looked {
    private final Call call;
    private final LockService.Around around;
    private final LoopShard shard;
    private final Function<T, MessageLite> message;
    private Step<T> current;
    private @Nullable DeletedKey awaited;

    SteppedCall(
            Call call, LockService.Around around, LoopShard shard, Step<T> first, Function<T, MessageLite> message) {
        this.call = call;
        this.around = around;
        this.shard = shard;
        this.message = message;
        this.current = first;
    }

    void begin() {
        shard.look(this);
        call.whenGone(this::gone);
        go(current);
    }

    private void go(Step<T> step) {
        current = step;
        if (call.isOver()) {
            gone();
            return;
        }
        switch (step) {
            case Step.Write<T> write -> {
                call.awaitLogAgain();
                around.write(
                        write.command(),
                        call.asker(),
                        new Told(answer -> go(write.then().apply(answer))));
            }
            case Step.Read<T> read ->
                around.reader()
                        .read(
                                read.range(),
                                call,
                                new Told(answer -> go(read.then().apply((Answer.Ranged) answer))));
            case Step.Await<T> await -> await(await);
            case Step.Done<T> done -> {
                shard.forget(this);
                MessageLite told = message.apply(done.result());
                call.answer(() -> told);
            }
            case Step.Failed<T> failed -> fail(() -> call.refuse(GrpcStatus.UNKNOWN, failed.text()));
        }
    }

    private void await(Step.Await<T> await) {
        if (!around.waiting().enter()) {
            fail(() -> call.fail(Failure.TOO_MANY_REQUESTS));
            return;
        }
        call.waitsForOthers();
        awaited = new DeletedKey(shard, why -> {
            noneAwaited();
            if (why.isEmpty()) {
                go(await.then().get());
            } else {
                fail(() -> call.refuse(GrpcStatus.UNKNOWN, why));
            }
        });
        awaited.await(await.key(), await.from());
    }

    private void noneAwaited() {
        if (awaited != null) {
            awaited.close();
            awaited = null;
            around.waiting().leave();
        }
    }

    /** Its client left, or it was given up; what the store is asked just now answers later. */
    private void gone() {
        noneAwaited();
        shard.forget(this);
        Command command = current.leaving().whenGone();
        if (command != null) {
            around.leftovers().undo(command, call.asker(), () -> {});
        }
        current = new Step.Failed<>("");
    }

    /** Undoes what is to be first, as etcd: who hears that it came to nothing finds nothing of it. */
    private void fail(Runnable telling) {
        shard.forget(this);
        Command command =
                call.isOver() ? current.leaving().whenGone() : current.leaving().whenFailed();
        current = new Step.Failed<>("");
        if (command == null) {
            telling.run();
        } else {
            around.leftovers().undo(command, call.asker(), () -> call.loop().execute(telling));
        }
    }

    /** When another node writes, nobody here could undo anything: the client asks that one, and finds its place in the queue. */
    @Override
    public void look(long now, long interval, boolean leaderless) {
        if (awaited != null && !around.host().store().sequencer().writer().isEmpty()) {
            noneAwaited();
            shard.forget(this);
            current = new Step.Failed<>("");
            call.fail(Failure.TIMED_OUT);
        }
    }

    /** What the store answers to the current step. */
    private final class Told implements Reply {
        private final Consumer<Answer> then;

        Told(Consumer<Answer> then) {
            this.then = then;
        }

        @Override
        public void told(Answer answer) {
            call.served();
            call.loop().execute(() -> then.accept(answer));
        }

        /** etcd's own client is told, which hands on the text without its code. */
        @Override
        public void refused(Refusal refusal) {
            call.loop().execute(() -> fail(() -> call.refuse(GrpcStatus.UNKNOWN, refusal.text())));
        }

        @Override
        public void failed(Failure failure) {
            call.loop().execute(() -> fail(() -> call.fail(failure)));
        }
    }
}
