package io.tidemark.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a disk has room left for what makes it fuller. What is refused while it has not can be sent again; a log that
 * runs into a full disk ends the process, and an image takes no writes. The file system is asked ten times a second. For any thread.
 */
public final class DiskRoom {
    private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path folder;
    private final String setting;
    private final long leastBytes;
    private final AtomicLong looked = new AtomicLong(System.nanoTime() - LOOK_NANOS);
    private volatile boolean isShort;

    /**
     * @param setting the name of the one that says how much is to be left
     * @param leastBytes what is to be left; 0: as long as the disk takes anything
     */
    public DiskRoom(Path folder, String setting, long leastBytes) {
        this.folder = folder;
        this.setting = setting;
        this.leastBytes = leastBytes;
    }

    /** Whether what makes the disk fuller is to be refused. */
    public boolean isShort() {
        long now = System.nanoTime();
        long last = looked.get();
        if (now - last >= LOOK_NANOS && looked.compareAndSet(last, now)) {
            look();
        }
        return isShort;
    }

    /** What to tell who is refused. */
    public String why() {
        return "the disk of " + folder + " has less than the " + Quantities.printBytes(leastBytes) + " free that "
                + setting + " asks for";
    }

    private void look() {
        boolean found;
        try {
            found = Files.getFileStore(folder).getUsableSpace() < leastBytes;
        } catch (IOException e) {
            LOG.debug("Free space is not known: folder={}", folder, e);
            return; // whoever writes there will be told what is wrong
        }
        if (found && !isShort) {
            LOG.warn("What needs room is refused: {}", why());
        } else if (!found && isShort) {
            LOG.info("There is room again on the disk of {}", folder);
        }
        isShort = found;
    }
}
