package io.tidemark.revision.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of an image, and those beside it on the same file system; names of keyspaces have no dot. */
final class ImageFolders {
    private ImageFolders() {}

    /** Where its files are while they are put into the topic. */
    static Path copied(Path image) {
        return image.resolveSibling(image.getFileName() + ".checkpoint");
    }

    /** Where files from the topic are put until all of them are there. */
    static Path restored(Path image) {
        return image.resolveSibling(image.getFileName() + ".restored");
    }

    /** Deletes it when it is there. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the image in " + folder + " cannot be deleted", e);
        }
    }

    /** Gives a folder another name, at once; the other one must not be there. */
    static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the image in " + from + " cannot be moved to " + to, e);
        }
    }
}
