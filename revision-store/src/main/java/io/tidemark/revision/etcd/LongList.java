package io.tidemark.revision.etcd;

import io.tidemark.revision.etcd.PieceStream.Piece;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.PageSize;
import io.vertx.core.buffer.Buffer;

/**
 * A list as one message that is read while it goes out, so that it takes little memory however long it is. The length of a message
 * goes first, so what is left of the list is walked over twice: to measure it, and to read it.
 *
 * <pre>
 *   first piece   header │ kvs, as far as they were read before the list was known to be long
 *   then          kvs, one chunk after another
 *   last piece    kvs │ more count
 * </pre>
 */
final class LongList implements PieceStream.Pieces {
    private final ListReading reading;
    private final Piece first;
    private final Buffer tail;
    private final long length;
    private long read;

    /**
     * Closes the reading when it is closed.
     *
     * @param first header and what was read
     * @throws NoAnswerMemoryException when there is none; nothing is closed then
     */
    LongList(ListReading reading, Piece first) {
        this.reading = reading;
        this.first = first;
        PageSize left = reading.left();
        this.tail = RangeBytes.tail(left.more(), reading.count(left));
        this.length = first.message().length() + left.bytes() + tail.length();
        reading.beginPieces();
    }

    /** Bytes of the message. */
    long length() {
        return length;
    }

    @Override
    public Piece read() {
        if (read == 0) {
            read = first.message().length();
            return first;
        }
        return reading.piece(this::part);
    }

    private Buffer part(EncodedPage page) {
        boolean last = reading.isComplete();
        Buffer part = RangeBytes.part(page.chunks(), last ? tail : Buffer.buffer());
        read += part.length();
        if (last != (read == length)) {
            throw new IllegalStateException("a list of " + length + " bytes ends after " + read);
        }
        return part;
    }

    @Override
    public boolean write(Piece piece, Call call) {
        return call.writePart((int) length, piece.message(), piece.taken());
    }

    @Override
    public void end(Piece last, Call call) {
        write(last, call);
        call.end();
    }

    @Override
    public void close() {
        reading.close();
        if (read == 0) {
            first.taken().run();
        }
    }
}
