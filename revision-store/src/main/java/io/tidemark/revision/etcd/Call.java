package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.etcd.CallCounts.OfMethod;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call of a method, on its event loop unless said otherwise. It is answered or refused once; what comes later is dropped. */
public final class Call {
    private final String name;
    private final Wire wire;
    private final Access access;
    private final Forwarding forwarding;
    private final AnswerMemory memory;
    private final Loop loop;
    private final OfMethod counts;
    private volatile boolean over;
    private volatile boolean served;
    private int turn;
    private Runnable gone = () -> {};
    private final long began = System.nanoTime();
    private @Nullable Buffer asked;
    private int askedBytes;

    /** @param name of the method, {@code package.Service/Method} */
    Call(String name, Wire wire, Calls.Surroundings around, Loop loop) {
        this.name = name;
        this.wire = wire;
        this.access = around.access();
        this.forwarding = around.forwarding();
        this.memory = around.memory().answers();
        this.loop = loop;
        this.counts = around.counts().of(name);
        counts.start();
        wire.whenGone(() -> {
            if (finish(GrpcStatus.CANCELLED)) {
                gone.run();
            }
        });
    }

    /** Whether it was not over before. On the event loop. */
    private boolean finish(GrpcStatus status) {
        boolean first = !over;
        if (first) {
            over = true;
            wire.over();
            counts.handled(status);
            if (asked != null) {
                loop.slow().ended(name, asked, askedBytes, System.nanoTime() - began);
                asked = null;
            }
        }
        return first;
    }

    /** Each of its messages as it comes, then that none follows. On the event loop. */
    public void receive(Consumer<Buffer> message, Runnable end) {
        wire.receive(
                received -> {
                    counts.received(received.length());
                    Calls.guarded(this, () -> message.accept(received));
                },
                end);
    }

    /** Its only message came. On the event loop. */
    void asked(Buffer message) {
        asked = message;
        askedBytes = message.length();
    }

    /** Whether the node that writes answers it, which is another one. Asked once, on the event loop. */
    public boolean isHandedOn() {
        Buffer message = Objects.requireNonNull(asked, "a call of one message");
        asked = SlowCalls.head(message); // while it waits, a large one is in memory as what it became only
        String writer = forwarding.writer(this);
        if (writer.isEmpty()) {
            return false;
        }
        forwarding.send(this, writer, message);
        return true;
    }

    String name() {
        return name;
    }

    /** What the client says beside its messages. On the event loop. */
    public MultiMap metadata() {
        return wire.metadata();
    }

    /** Its messages wait until {@link #resume}. On the event loop. */
    public void pause() {
        wire.pause();
    }

    public void resume() {
        wire.resume();
    }

    /** What is to be done when the client leaves before the answer is complete. On the event loop. */
    public void whenGone(Runnable action) {
        gone = action;
    }

    /**
     * One of several messages of an answer. On the event loop.
     *
     * @param parts that it is put together from, which must not change
     * @return whether there is room for another one
     */
    public boolean write(Buffer... parts) {
        if (!over) {
            for (Buffer part : parts) {
                counts.sent(part.length());
            }
            wire.write(parts);
        }
        return !wire.isFull();
    }

    /**
     * The same.
     *
     * @param taken what is to be done when nobody reads its bytes any more; once
     */
    boolean write(Buffer message, Runnable taken) {
        if (over) {
            taken.run();
        } else {
            counts.sent(message.length());
            wire.write(message, taken);
        }
        return !wire.isFull();
    }

    /** Whether the only message of the answer can be handed over in parts. From any thread. */
    boolean takesParts() {
        return wire.takesParts();
    }

    /**
     * A part of the only message of the answer, {@link #end} follows the last. On the event loop.
     *
     * @param length of the message
     * @param taken as above
     * @return whether there is room for another one
     */
    boolean writePart(int length, Buffer part, Runnable taken) {
        if (over) {
            taken.run();
        } else {
            counts.sent(part.length());
            wire.writePart(length, part, taken);
        }
        return !wire.isFull();
    }

    /** One of several messages of an answer; when there is no room for another one, no message comes in. On the event loop. */
    void writeInTurn(MessageLite message) {
        if (!write(Buffer.buffer(message.toByteArray()))) {
            wire.pause();
            wire.whenDrained(wire::resume);
        }
    }

    /** No message follows. On the event loop. */
    public void end() {
        if (finish(GrpcStatus.OK)) {
            wire.end();
        }
    }

    /** What is to be done when there is room again. On the event loop. */
    public void whenDrained(Runnable action) {
        wire.whenDrained(action);
    }

    /** Who asks, by what is known now. */
    public Identity asker() {
        return access.of(wire);
    }

    /** Its event loop, for others to go on there. */
    public Loop loop() {
        return loop;
    }

    /** The log is asked for what it takes to answer, and that must not take for ever. On the event loop. */
    void awaitLog() {
        if (isWaiting(turn)) {
            loop.patience().begin(this, turn);
        }
    }

    /** The log is about to be asked for one of several things that it takes to answer. On the event loop. */
    public void awaitLogAgain() {
        turn++;
        served = false;
        awaitLog();
    }

    /** It waits for what other clients do: how long it takes says nothing of this node. On the event loop. */
    public void waitsForOthers() {
        asked = null;
    }

    /** The log said what was asked; what is left to do takes the time that it takes. From any thread. */
    public void served() {
        served = true;
    }

    /** Whether it waits for the log since it began to for the turn-th time. */
    boolean isWaiting(int which) {
        return !over && !served && turn == which;
    }

    /** Whether nobody waits for an answer. From any thread. */
    public boolean isOver() {
        return over;
    }

    /** From any thread; the message is made on the event loop. What was done is told, whatever memory that takes. */
    public void answer(Supplier<? extends MessageLite> message) {
        loop.execute(() -> {
            Buffer told = Buffer.buffer(message.get().toByteArray());
            if (told.length() <= ListRoom.FREE_BYTES) {
                answer(told);
            } else {
                memory.takeAnyway(told.length());
                answer(told, () -> memory.give(told.length()));
            }
        });
    }

    /** On the event loop. */
    void answer(Buffer message) {
        if (finish(GrpcStatus.OK)) {
            counts.sent(message.length());
            wire.end(message);
        }
    }

    /**
     * The same.
     *
     * @param taken what is to be done when nobody reads its bytes any more; once
     */
    void answer(Buffer message, Runnable taken) {
        if (finish(GrpcStatus.OK)) {
            counts.sent(message.length());
            wire.end(message, taken);
        } else {
            taken.run();
        }
    }

    /** From any thread. */
    void refuse(Refusal refusal) {
        loop.execute(() -> refuse(GrpcStatus.valueOf(refusal.kind().name()), refusal.text()));
    }

    /** From any thread. */
    public void fail(Failure failure) {
        GrpcStatus status =
                failure == Failure.TOO_MANY_REQUESTS ? GrpcStatus.RESOURCE_EXHAUSTED : GrpcStatus.UNAVAILABLE;
        loop.execute(() -> refuse(status, failure.text()));
    }

    /** The bytes are not a message of the method. On the event loop. */
    public void refuseUnreadable(InvalidProtocolBufferException cause) {
        refuse(GrpcStatus.INTERNAL, "grpc: error unmarshalling request: " + cause.getMessage());
    }

    /** On the event loop. */
    public void refuse(GrpcStatus status, String text) {
        if (finish(status)) {
            wire.refuse(status, text);
        }
    }
}
