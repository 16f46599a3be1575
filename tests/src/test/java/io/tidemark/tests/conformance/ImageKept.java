package io.tidemark.tests.conformance;

import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.machine.Transaction.Compacted;
import io.tidemark.revision.store.Committed;
import io.tidemark.revision.store.EncodedPage;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageSettings;
import io.tidemark.revision.store.Listing;
import io.tidemark.revision.store.Position;
import io.tidemark.revision.store.View;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** A keyspace on disk; what was compacted is removed before the next request. */
final class ImageKept implements MachineEndpoint.Kept {
    private final Image image;

    ImageKept(Path folder) {
        image = Image.open(folder, ImageSettings.DEFAULT);
    }

    @Override
    public Keyspace keyspace() {
        return image;
    }

    @Override
    public void apply(Transaction transaction) {
        Position before = image.position();
        image.apply(List.of(new Committed(transaction, 0)), new Position(before.nextOffset() + 1, 1, "transcript"));
        if (transaction instanceof Compacted compacted) {
            image.removed(compacted.revision()).join();
        }
    }

    @Override
    public MachineEndpoint.Listed list(Range range) {
        long revision = Math.max(0, range.revision());
        try (View view = image.view()) {
            EncodedPage page = view.page(
                    new Listing(range.range(), revision, Math.max(0, range.limit()), false),
                    Long.MAX_VALUE,
                    ByteBuffer::allocate);
            boolean more = page.next() != null;
            return new MachineEndpoint.Listed(
                    page.chunks(), more, more ? view.count(range.range(), revision) : page.returned());
        }
    }

    @Override
    public void close() {
        image.close();
    }
}
