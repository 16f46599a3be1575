package io.tidemark.revision.etcd;

import io.tidemark.revision.etcd.PieceStream.Piece;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.View;

/**
 * What a RangeStream is: a list in several messages, from one view, so that writes and compactions meanwhile do not show in it.
 * None is empty, unless there is nothing at all; header, more and count stand in the last one.
 */
final class ListPieces implements PieceStream.Pieces {
    private final View view;
    private final Headers headers;
    private final AnswerMemory memory;
    private final ListReading reading;
    private boolean begun;

    /** Closes the view when it is closed. */
    ListPieces(Range range, View view, Headers headers, AnswerMemory memory) {
        this.view = view;
        this.headers = headers;
        this.memory = memory;
        this.reading = new ListReading(range, view);
    }

    @Override
    public Piece read() {
        if (!begun) {
            memory.take(AnswerMemory.AHEAD_BYTES);
            begun = true;
        }
        ListRoom room = new ListRoom(memory, true);
        try {
            EncodedPage page = reading.next(ListRoom.CHUNK_BYTES, room);
            if (!reading.isComplete()) {
                return new Piece(RangeBytes.piece(page.chunks()), false, room::release);
            }
            return new Piece(
                    RangeBytes.lastPiece(headers.at(view.revision()), page.chunks(), reading.more(), reading.count()),
                    true,
                    room::release);
        } catch (RuntimeException e) {
            room.release();
            throw e;
        }
    }

    @Override
    public void close() {
        view.close();
        if (begun) {
            memory.give(AnswerMemory.AHEAD_BYTES);
        }
    }
}
