package io.tidemark.revision.etcd;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.PieceStream.Piece;
import io.tidemark.revision.etcd.proto.SnapshotResponse;
import io.tidemark.revision.snapshot.SnapshotWriter;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.View;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a Snapshot is: the keyspace at one revision, which is written to a file of this node, sent in pieces, and gone then. So a
 * slow client costs disk and nothing else. The last piece is the SHA-256 of all before.
 */
final class SnapshotPieces implements PieceStream.Pieces {
    private static final int PIECE_BYTES = 32 * 1024;

    private final Image image;
    private final BooleanSupplier wanted;
    private final Runnable end;
    private @Nullable SnapshotFile file;

    /**
     * @param wanted whether anybody still waits for it; from any thread
     * @param end called when it is over however it ends
     */
    SnapshotPieces(Image image, BooleanSupplier wanted, Runnable end) {
        this.image = image;
        this.wanted = wanted;
        this.end = end;
    }

    @Override
    public Piece read() throws IOException {
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
        return new Piece(Buffer.buffer(message.toByteArray()), last, () -> {});
    }

    private SnapshotFile made() throws IOException {
        try (View view = image.view()) {
            return SnapshotFile.of(view, wanted);
        }
    }

    @Override
    public void close() {
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
