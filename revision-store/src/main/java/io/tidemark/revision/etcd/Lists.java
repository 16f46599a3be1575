package io.tidemark.revision.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.etcd.PieceStream.Piece;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers to lists. Those in their natural order go out as they are stored, no object is made for a key, and from a size on they are
 * read while they go out. Others stand in memory as a whole, which is bounded.
 */
final class Lists {
    /** Longer ones are read while they go out. */
    private static final long WHOLE_BYTES = 2 * 1024 * 1024;
    /** What an answer takes of the heap for each of its bytes when an object is made for each key. */
    private static final int OBJECTS = 3;
    /** The same when it becomes JSON then. */
    private static final int JSON = 6;

    private final Headers headers;
    private final ReadWorkers workers;
    private final AnswerMemory memory;

    Lists(Headers headers, ReadWorkers workers, AnswerMemory memory) {
        this.headers = headers;
        this.workers = workers;
        this.memory = memory;
    }

    /** As several messages. Closes the view when it is over. On the event loop. */
    void stream(Range range, View view, Call call) {
        new PieceStream(call, workers, new ListPieces(new ListReading(range, view, memory), headers)).start();
    }

    /** As one message. Closes the view when it is over. By a worker. */
    void answer(Range range, View view, Call call) {
        if (!call.takesParts()) {
            try (view) {
                answerWith(range, view, call, () -> atOnce(range, view));
            }
            return;
        }
        ListReading reading = new ListReading(range, view, memory);
        ListRoom room = new ListRoom(memory, false);
        boolean handedOver = false;
        try {
            EncodedPage page = reading.next(WHOLE_BYTES, room);
            if (reading.isComplete()) {
                whole(reading, page, room, call);
            } else {
                Piece first = new Piece(
                        RangeBytes.begin(headers.at(reading.revision()), page.chunks()), false, room::release);
                inParts(new LongList(reading, first), call);
            }
            handedOver = true;
        } finally {
            if (!handedOver) {
                room.release();
                view.close();
            }
        }
    }

    /** A version alone, which can be as long as a list. On the event loop. */
    void send(Buffer answer, Call call) {
        if (answer.length() <= ListRoom.FREE_BYTES) {
            call.loop().execute(() -> call.answer(answer));
        } else {
            long bytes = (call.takesParts() ? 1L : JSON) * answer.length();
            memory.take(bytes);
            call.loop().execute(() -> call.answer(answer, () -> memory.give(bytes)));
        }
    }

    private void whole(ListReading reading, EncodedPage page, ListRoom room, Call call) {
        Buffer answer =
                RangeBytes.answer(headers.at(reading.revision()), page.chunks(), reading.more(), reading.count());
        reading.close();
        call.loop().execute(() -> call.answer(answer, room::release));
    }

    private void inParts(LongList list, Call call) {
        if (list.length() <= Integer.MAX_VALUE) {
            call.loop().execute(new PieceStream(call, workers, list)::start);
        } else {
            list.close();
            call.loop()
                    .execute(() -> call.refuse(
                            GrpcStatus.RESOURCE_EXHAUSTED,
                            "grpc: trying to send message larger than max (" + list.length() + " vs. "
                                    + Integer.MAX_VALUE + ")"));
        }
    }

    private Buffer atOnce(Range range, View view) {
        ListReading reading = new ListReading(range, view, memory);
        EncodedPage page =
                reading.next(Long.MAX_VALUE, atLeast -> ByteBuffer.allocate(Math.max(atLeast, ListRoom.CHUNK_BYTES)));
        return RangeBytes.answer(headers.at(reading.revision()), page.chunks(), reading.more(), reading.count());
    }

    /**
     * An answer that objects are made for. By a worker.
     *
     * @param op all that it may take to make it
     * @param answer null when the call was refused
     */
    void answer(Op op, View view, Call call, Supplier<@Nullable MessageLite> answer) {
        answerWith(op, view, call, () -> {
            MessageLite message = answer.get();
            return message == null ? null : Buffer.buffer(message.toByteArray());
        });
    }

    private void answerWith(Op op, View view, Call call, Supplier<@Nullable Buffer> answer) {
        long bytes = take(op, view, call);
        boolean handedOver = false;
        try {
            Buffer told = answer.get();
            if (told != null) {
                call.loop().execute(() -> call.answer(told, () -> give(bytes)));
                handedOver = true;
            }
        } finally {
            if (!handedOver) {
                give(bytes);
            }
        }
    }

    /**
     * Takes the memory for what an operation reads, until its answer is sent. By a worker.
     *
     * @return bytes, for {@link #give}
     * @throws NoAnswerMemoryException when there is none; nothing was taken then
     */
    long take(Op op, View view, Call call) {
        long bytes = (call.takesParts() ? OBJECTS : JSON) * VersionsRead.bytes(op, view);
        if (bytes <= ListRoom.FREE_BYTES) {
            return 0;
        }
        memory.take(bytes);
        return bytes;
    }

    /** Once. From any thread. */
    void give(long bytes) {
        memory.give(bytes);
    }

    /** By a worker, which closes the view; it is closed at once when too many wait. On the event loop. */
    void read(View view, Call call, Runnable reading) {
        if (!workers.work(call, reading)) {
            view.close();
        }
    }
}
