package io.tidemark.revision.etcd;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An answer of several messages. Each is read by a worker when the one before it has nearly gone out, so a slow client costs
 * one of them and what they are read from.
 *
 * <pre>
 *   worker: read a piece ─► event loop: write it ─┬─ room ─────────► worker: next piece ... ─► last piece, closed
 *                                                 ├─ full ─ drained ─┘
 *                                                 └─ client gone ─► closed
 * </pre>
 */
final class PieceStream {
    private final Call call;
    private final ReadWorkers workers;
    private final Pieces pieces;
    private boolean waiting;
    private boolean closed;

    /** A message, and whether it is the last one. */
    record Piece(Buffer message, boolean last) {}

    /** What an answer is read from. */
    interface Pieces {
        /** The next one. By a worker. */
        Piece read() throws IOException;

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
        boolean read = false;
        try {
            Piece piece = pieces.read();
            read = true;
            call.loop().execute(() -> send(piece));
        } catch (IOException e) {
            if (!call.isOver()) {
                throw new UncheckedIOException("an answer cannot be read", e);
            }
        } finally {
            if (!read) {
                call.loop().execute(this::close);
            }
        }
    }

    /** On the event loop. */
    private void send(Piece piece) {
        if (call.isOver()) {
            close();
        } else if (piece.last()) {
            close();
            call.answer(piece.message());
        } else if (call.write(piece.message())) {
            next();
        } else {
            waiting = true;
            call.whenDrained(this::next);
        }
    }
}
