package io.tidemark.revision.etcd;

import io.tidemark.revision.etcd.PieceStream.Piece;
import io.tidemark.revision.store.EncodedPage;
import io.vertx.core.buffer.Buffer;

/**
 * What a RangeStream is: a list in several messages, from one view, so that writes and compactions meanwhile do not show in it.
 * None is empty, unless there is nothing at all; header, more and count stand in the last one.
 */
final class ListPieces implements PieceStream.Pieces {
    private final ListReading reading;
    private final Headers headers;

    /** Closes the reading when it is closed. */
    ListPieces(ListReading reading, Headers headers) {
        this.reading = reading;
        this.headers = headers;
    }

    @Override
    public Piece read() {
        if (!reading.isInPieces()) {
            reading.beginPieces();
        }
        return reading.piece(this::message);
    }

    private Buffer message(EncodedPage page) {
        return reading.isComplete()
                ? RangeBytes.lastPiece(headers.at(reading.revision()), page.chunks(), reading.more(), reading.count())
                : RangeBytes.piece(page.chunks());
    }

    @Override
    public void close() {
        reading.close();
    }
}
