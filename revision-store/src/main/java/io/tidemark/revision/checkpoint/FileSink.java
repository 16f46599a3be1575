package io.tidemark.revision.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a checkpoint into files of a new folder, and each file through to the disk. */
final class FileSink implements PartSink, AutoCloseable {
    private final Path folder;
    private @Nullable FileChannel open;

    FileSink(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("no image can be restored into " + folder, e);
        }
    }

    @Override
    public void take(FilePart part) {
        try {
            FileChannel channel = open;
            if (part.offset() == 0 || channel == null) {
                close();
                channel =
                        FileChannel.open(target(part.file()), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                open = channel;
            }
            ByteBuffer bytes = ByteBuffer.wrap(part.bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("file " + part.file() + " of the image cannot be restored", e);
        }
    }

    /** Nothing outside of the folder is written, whatever the record says. */
    private Path target(String name) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!folder.normalize().equals(target.getParent())) {
            throw new IOException("no name of a file: " + name);
        }
        return target;
    }

    @Override
    public void close() throws IOException {
        FileChannel channel = open;
        open = null;
        if (channel != null) {
            try (channel) {
                channel.force(true);
            }
        }
    }
}
