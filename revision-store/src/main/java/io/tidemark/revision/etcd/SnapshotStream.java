package io.tidemark.revision.etcd;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.SnapshotResponse;
import io.tidemark.revision.snapshot.SnapshotWriter;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * One Snapshot: the keyspace at one revision is written to a file of this node, which is sent in pieces and gone then. So a
 * slow client costs disk and nothing else. A piece is read when the one before it has gone out; the last one is the
 * SHA-256 of all before.
 *
 * <pre>
 *   worker: view ─► file ─► read a piece ─► event loop: write it ─┬─ room ──────────► worker: next piece ... ─► SHA-256, closed
 *                                                                 ├─ full ─ drained ──┘
 *                                                                 └─ client gone ─► closed
 * </pre>
 */
final class SnapshotStream {
    private static final int PIECE_BYTES = 32 * 1024;

    private final Image image;
    private final Call call;
    private final ReadWorkers workers;
    private final Runnable end;
    private @Nullable SnapshotFile file;
    private boolean waiting;
    private boolean ended;

    private record Piece(Buffer message, boolean last) {}

    /** @param end called once, when it is over however it ends */
    SnapshotStream(Image image, Call call, ReadWorkers workers, Runnable end) {
        this.image = image;
        this.call = call;
        this.workers = workers;
        this.end = end;
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
        if (!workers.work(call, this::readAndSend)) {
            close();
        }
    }

    private void readAndSend() {
        boolean read = false;
        try {
            Piece piece = read();
            read = true;
            call.loop().execute(() -> send(piece));
        } catch (IOException e) {
            if (!call.isOver()) {
                throw new UncheckedIOException("the snapshot cannot be made", e);
            }
        } finally {
            if (!read) {
                call.loop().execute(this::close);
            }
        }
    }

    private Piece read() throws IOException {
        SnapshotFile made = file;
        if (made == null) {
            made = made();
            file = made;
        }
        boolean last = made.left() == 0;
        byte[] bytes = last ? made.sha256() : made.next(PIECE_BYTES);
        SnapshotResponse message = SnapshotResponse.newBuilder()
                .setRemainingBytes(made.left())
                .setBlob(ByteString.copyFrom(bytes))
                .setVersion(SnapshotWriter.STORAGE_VERSION)
                .build();
        return new Piece(Buffer.buffer(message.toByteArray()), last);
    }

    private SnapshotFile made() throws IOException {
        try (View view = image.view()) {
            return SnapshotFile.of(view, () -> !call.isOver());
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
            call.whenDrained(() -> {
                waiting = false;
                next();
            });
        }
    }

    /** On the event loop. */
    private void close() {
        if (ended) {
            return;
        }
        ended = true;
        end.run();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot's file cannot be closed", e);
        }
    }
}
