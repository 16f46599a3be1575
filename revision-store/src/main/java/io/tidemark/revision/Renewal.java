package io.tidemark.revision;

import io.tidemark.revision.store.ImageUnusableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a keyspace anew whose image cannot be used, by a thread of its own: whoever comes upon that must not be kept, and is among
 * what has to be closed first. Tries until it works.
 */
final class Renewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String keyspace;
    private final Consumer<ImageUnusableException> renew;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** What was found and not looked after yet; guarded by this. */
    private @Nullable ImageUnusableException found;

    private @Nullable Thread thread;
    private volatile boolean underWay;
    /** Why the last attempt failed, which is told once; the thread's own. */
    private String trouble = "";

    /** @param renew is told what was found, and throws when the keyspace is not up again */
    Renewal(String keyspace, Consumer<ImageUnusableException> renew) {
        this.keyspace = keyspace;
        this.renew = renew;
    }

    /** From any thread. */
    synchronized void begin(ImageUnusableException cause) {
        if (closed.getCount() == 0) {
            return;
        }
        found = cause;
        if (thread == null) {
            underWay = true;
            thread = Thread.ofPlatform().name("renewal-" + keyspace).start(this::run);
        }
    }

    /** Whether the keyspace is not to be used. */
    boolean isUnderWay() {
        return underWay;
    }

    private void run() {
        for (ImageUnusableException cause = next(); cause != null; cause = next()) {
            LOG.error("The image of keyspace {} is served no more: {}", keyspace, cause.getMessage(), cause);
            boolean up = false;
            while (!up && closed.getCount() > 0) {
                up = isRenewed(cause);
            }
        }
    }

    private synchronized @Nullable ImageUnusableException next() {
        ImageUnusableException next = closed.getCount() == 0 ? null : found;
        found = null;
        if (next == null) {
            thread = null;
            underWay = false;
        }
        return next;
    }

    private boolean isRenewed(ImageUnusableException cause) {
        try {
            renew.accept(cause);
            trouble = "";
            LOG.info("Keyspace {} is served again", keyspace);
            return true;
        } catch (RuntimeException e) {
            if (!String.valueOf(e.getMessage()).equals(trouble)) {
                trouble = String.valueOf(e.getMessage());
                LOG.warn(
                        "Keyspace {} cannot be served again yet, and is tried again and again: {}",
                        keyspace,
                        trouble,
                        e);
            }
            pause();
            return false;
        }
    }

    /** Not a sleep that is interrupted: the thread may be in the log by then, which must not be. */
    private void pause() {
        try {
            if (closed.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.debug("Closing meanwhile: keyspace={}", keyspace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Comes back when nothing is under way any more. */
    @Override
    public void close() {
        closed.countDown();
        Thread last;
        synchronized (this) {
            last = thread;
        }
        try {
            if (last != null) {
                last.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
