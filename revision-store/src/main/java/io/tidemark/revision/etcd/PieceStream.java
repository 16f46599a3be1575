package io.tidemark.revision.etcd;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer of several messages. They are read by a worker when those before them have nearly gone out, small ones several at a
 * time, so a slow client costs one turn of them and what they are read from.
 *
 * <pre>
 *   worker: read pieces ─► event loop: write them ─┬─ room ─────────► worker: next pieces ... ─► last piece, closed
 *                                                  ├─ full ─ drained ─┘
 *                                                  └─ client gone ─► closed
 * </pre>
 */
final class PieceStream {
    /** A turn ends with the piece that reaches it: handing a small one over costs more than reading it. */
    private static final int TURN_BYTES = 64 * 1024;

    private final Call call;
    private final ReadWorkers workers;
    private final Pieces pieces;
    private boolean waiting;
    private boolean closed;

    /**
     * A message.
     *
     * @param last whether it is the last one
     * @param taken what is to be done when nobody reads its bytes any more; once
     */
    record Piece(Buffer message, boolean last, Runnable taken) {}

    /** What an answer is read from. */
    interface Pieces {
        /** The next one. By a worker. */
        Piece read() throws IOException;

        /**
         * Hands on one that is not the last. On the event loop.
         *
         * @return whether there is room for another one
         */
        default boolean write(Piece piece, Call call) {
            return call.write(piece.message(), piece.taken());
        }

        /** Hands on the last one. On the event loop. */
        default void end(Piece last, Call call) {
            call.answer(last.message(), last.taken());
        }

        /** Nothing more is read. Once, on the event loop. */
        void close();
    }

    PieceStream(Call call, ReadWorkers workers, Pieces pieces) {
        this.call = call;
        this.workers = workers;
        this.pieces = pieces;
    }

    /** On the event loop. */
    void start() {
        call.whenGone(() -> {
            if (waiting) {
                close();
            }
        });
        next();
    }

    private void next() {
        waiting = false;
        if (!closed && !workers.work(call, this::readAndSend)) {
            close();
        }
    }

    /** On the event loop. */
    private void close() {
        if (!closed) {
            closed = true;
            pieces.close();
        }
    }

    private void readAndSend() {
        List<Piece> turn = new ArrayList<>();
        boolean read = false;
        try {
            read(turn);
            read = true;
            call.loop().execute(() -> send(turn));
        } catch (IOException e) {
            if (!call.isOver()) {
                throw new UncheckedIOException("an answer cannot be read", e);
            }
        } finally {
            if (!read) {
                turn.forEach(piece -> piece.taken().run());
                call.loop().execute(this::close);
            }
        }
    }

    private void read(List<Piece> turn) throws IOException {
        int bytes = 0;
        Piece piece;
        do {
            piece = pieces.read();
            turn.add(piece);
            bytes += piece.message().length();
        } while (!piece.last() && bytes < TURN_BYTES);
    }

    /** On the event loop. */
    private void send(List<Piece> turn) {
        boolean room = true;
        for (Piece piece : turn) {
            if (piece.last()) {
                close();
                pieces.end(piece, call);
                return;
            }
            room = pieces.write(piece, call);
        }
        if (call.isOver()) {
            close();
        } else if (room) {
            next();
        } else {
            waiting = true;
            call.whenDrained(this::next);
        }
    }
}
