package io.tidemark.revision.checkpoint;

import io.tidemark.revision.checkpoint.Manifest.ImageFile;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of files as they come, held against what the files are to be: names, order, sizes, hashes. */
final class CheckedFiles implements PartSink {
    private final Iterator<ImageFile> expected;
    private @Nullable ImageFile current;
    private FileHash hash = new FileHash();
    private long size;

    CheckedFiles(List<ImageFile> expected) {
        this.expected = expected.iterator();
    }

    @Override
    public void take(FilePart part) throws DamagedCheckpointException {
        if (current == null || !current.name().equals(part.file())) {
            next();
        }
        if (current == null || !current.name().equals(part.file()) || part.offset() != size) {
            throw new DamagedCheckpointException("expected byte " + size + " of "
                    + (current == null ? "no further file" : current.name()) + ", found byte " + part.offset() + " of "
                    + part.file());
        }
        hash.update(part.bytes());
        size += part.bytes().length;
    }

    void finish() throws DamagedCheckpointException {
        next();
        if (current != null) {
            throw new DamagedCheckpointException("file " + current.name() + " is missing");
        }
    }

    private void next() throws DamagedCheckpointException {
        ImageFile before = current;
        if (before != null) {
            String found = hash.value();
            if (size != before.sizeBytes() || !found.equals(before.sha256())) {
                throw new DamagedCheckpointException("file " + before.name() + ": expected " + before.sizeBytes()
                        + " bytes with SHA-256 " + before.sha256() + ", found " + size + " with " + found);
            }
        }
        current = expected.hasNext() ? expected.next() : null;
        hash = new FileHash();
        size = 0;
    }
}
