package io.tidemark.revision.store;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The files of an image that is open. Safe for use by several threads; reads and writes go on. */
public final class ImageFiles {
    private final Database database;
    private final Consumer<Runnable> using;

    /** @param using does something while the image is kept from closing */
    ImageFiles(Database database, Consumer<Runnable> using) {
        this.database = database;
        this.using = using;
    }

    /**
     * Somebody to be told when a file is found not to be what was written, by the thread that came upon it, which must not be
     * kept. The image is to be made again; what can still be read of this one is right.
     */
    public void whenUnusable(Consumer<ImageUnusableException> listener) {
        database.damage().whenFound(listener);
    }

    /** Files that are this image's as well were found not to be what was written. */
    public void damaged(ImageUnusableException found) {
        database.damage().noted(found);
    }

    /** Makes everything that was applied durable, so that nothing of it has to be applied again after a crash. */
    public void flush() {
        using.accept(database::flush);
    }

    /**
     * Flushes, and puts the files as they are then into a folder that is not there yet, of the same file system: all tables at
     * one position, which {@link ImageCopy#of} tells.
     */
    public void copy(Path to) {
        using.accept(() -> database.copy(to));
    }
}
