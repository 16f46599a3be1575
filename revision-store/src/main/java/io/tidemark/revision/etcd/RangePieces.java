package io.tidemark.revision.etcd;

import io.tidemark.revision.etcd.PieceStream.Piece;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.View;
import java.nio.ByteBuffer;

/**
 * What a RangeStream is: a list in pieces, from one view, so that writes and compactions meanwhile do not show in it.
 *
 * <p>Pieces begin with 10 keys, as etcd's do, and double as long as they are small. None is empty, unless there is nothing
 * at all; header, more and count stand in the last one.
 */
final class RangePieces implements PieceStream.Pieces {
    private static final int FIRST_KEYS = 10;
    private static final long PIECE_BYTES = 1536 * 1024;

    private final Range range;
    private final View view;
    private final Headers headers;
    private final long revision;
    private KeyRange rest;
    private long keys = FIRST_KEYS;
    private long returned;

    /** Closes the view when it is closed. */
    RangePieces(Range range, View view, Headers headers) {
        this.range = range;
        this.view = view;
        this.headers = headers;
        this.revision = Math.max(0, range.revision());
        this.rest = range.range();
    }

    @Override
    public Piece read() {
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

    @Override
    public void close() {
        view.close();
    }
}
