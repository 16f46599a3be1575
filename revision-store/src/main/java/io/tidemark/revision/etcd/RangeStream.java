package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/**
 * One RangeStream: a list in pieces, from one view, so that writes and compactions meanwhile do not show in it. A piece
 * is read when the one before it has nearly gone out, so a slow client costs a view and a piece.
 *
 * <pre>
 *   worker: read a piece ─► event loop: write it ─┬─ room ────────► worker: next piece ... ─► last piece, closed
 *                                                 ├─ full ─ drained ─┘
 *                                                 └─ client gone ─► closed
 * </pre>
 *
 * Pieces begin with 10 keys, as etcd's do, and double as long as they are small. None is empty, unless there is nothing
 * at all; header, more and count stand in the last one.
 */
final class RangeStream {
    private static final int FIRST_KEYS = 10;
    private static final long PIECE_BYTES = 1536 * 1024;

    private final Range range;
    private final View view;
    private final Headers headers;
    private final Call call;
    private final ReadWorkers workers;
    private final long revision;
    private KeyRange rest;
    private long keys = FIRST_KEYS;
    private long returned;
    private boolean waiting;

    private record Piece(Buffer message, boolean last) {}

    RangeStream(Range range, View view, Headers headers, Call call, ReadWorkers workers) {
        this.range = range;
        this.view = view;
        this.headers = headers;
        this.call = call;
        this.workers = workers;
        this.revision = Math.max(0, range.revision());
        this.rest = range.range();
    }

    /** On the event loop. */
    void start() {
        call.whenGone(() -> {
            if (waiting) {
                view.close();
            }
        });
        next();
    }

    private void next() {
        if (!workers.work(call, this::readAndSend)) {
            view.close();
        }
    }

    private void readAndSend() {
        boolean read = false;
        try {
            Piece piece = read();
            read = true;
            call.loop().execute(() -> send(piece));
        } finally {
            if (!read) {
                view.close();
            }
        }
    }

    private Piece read() {
        long limit = range.limit() > 0 ? Math.min(keys, range.limit() - returned) : keys;
        EncodedPage page = view.page(rest, revision, limit, PIECE_BYTES);
        returned += page.returned();
        Key next = page.next();
        boolean full = range.limit() > 0 && returned >= range.limit();
        if (next == null || full) {
            long count = next == null ? returned : view.count(range.range(), revision);
            return new Piece(
                    RangeBytes.lastPiece(headers.at(view.revision()), page.chunks(), next != null, count), true);
        }
        rest = new KeyRange(next, range.range().end());
        resize(page);
        return new Piece(RangeBytes.piece(page.chunks()), false);
    }

    private void resize(EncodedPage page) {
        long bytes = page.chunks().stream().mapToLong(ByteBuffer::remaining).sum();
        if (bytes < PIECE_BYTES / 2) {
            keys *= 2;
        }
    }

    /** On the event loop. */
    private void send(Piece piece) {
        if (call.isOver()) {
            view.close();
        } else if (piece.last()) {
            view.close();
            call.answer(piece.message());
        } else if (call.write(piece.message())) {
            next();
        } else {
            waiting = true;
            call.whenDrained(() -> {
                waiting = false;
                next();
            });
        }
    }
}
