package io.tidemark.revision.etcd;

import io.tidemark.revision.etcd.PieceStream.Piece;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.Listing;
import io.tidemark.revision.store.PageSize;
import io.tidemark.revision.store.Room;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/**
 * How far a list in its natural order was read from a view, which is closed with it. For one thread at a time.
 */
final class ListReading {
    private final View view;
    private final AnswerMemory memory;
    private final Listing all;
    private Listing rest;
    private long returned;
    private boolean more = true;
    private boolean ahead;

    ListReading(Range range, View view, AnswerMemory memory) {
        this.view = view;
        this.memory = memory;
        this.all =
                new Listing(range.range(), Math.max(0, range.revision()), Math.max(0, range.limit()), range.keysOnly());
        this.rest = all;
    }

    /**
     * It will be read while it goes out; once.
     *
     * @throws NoAnswerMemoryException when there is none for that
     */
    void beginPieces() {
        memory.take(AnswerMemory.AHEAD_BYTES);
        ahead = true;
    }

    boolean isInPieces() {
        return ahead;
    }

    /**
     * What comes next, as much as a piece is.
     *
     * @param message made of it, still where it stands
     */
    Piece piece(Function<EncodedPage, Buffer> message) {
        ListRoom room = new ListRoom(memory, true);
        try {
            EncodedPage page = next(ListRoom.CHUNK_BYTES, room);
            return new Piece(message.apply(page), isComplete(), room::release);
        } catch (RuntimeException e) {
            room.release();
            throw e;
        }
    }

    /**
     * What comes next; empty when there is nothing at all.
     *
     * @param mostBytes of all elements together; a first one that is larger comes alone
     */
    EncodedPage next(long mostBytes, Room room) {
        EncodedPage page = view.page(rest, mostBytes, room);
        returned += page.returned();
        Key next = page.next();
        more = next != null;
        if (next != null && !isComplete()) {
            rest = all.from(next, returned);
        }
        return page;
    }

    /** What is left to be read. */
    PageSize left() {
        return view.measure(rest);
    }

    /** Whether everything was read that was asked for. */
    boolean isComplete() {
        return !more || all.limit() > 0 && returned >= all.limit();
    }

    /** Whether there are keys beyond the limit; of one that is complete. */
    boolean more() {
        return more;
    }

    /** Keys in the range, whatever the limit; of one that is complete. */
    long count() {
        return count(new PageSize(0, 0, more));
    }

    /** The same, of one of which this is left. */
    long count(PageSize left) {
        return left.more() ? view.count(all.range(), all.revision()) : returned + left.returned();
    }

    /** The newest revision of the view. */
    long revision() {
        return view.revision();
    }

    /** Once. */
    void close() {
        view.close();
        if (ahead) {
            memory.give(AnswerMemory.AHEAD_BYTES);
        }
    }
}
