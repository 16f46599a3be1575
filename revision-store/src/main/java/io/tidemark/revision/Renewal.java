package io.tidemark.revision;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a keyspace anew whose image is damaged, by a thread of its own: whoever comes upon damage must not be kept, and is among
 * what has to be closed first. Tries until it works.
 */
final class Renewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String keyspace;
    private final Consumer<String> renew;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** What was found and not looked after yet; guarded by this. */
    private @Nullable String found;

    private @Nullable Thread thread;
    private volatile boolean underWay;

    /** @param renew is told what was found, and throws when the keyspace is not up again */
    Renewal(String keyspace, Consumer<String> renew) {
        this.keyspace = keyspace;
        this.renew = renew;
    }

    /** From any thread. */
    synchronized void begin(String damage) {
        if (closed.getCount() == 0) {
            return;
        }
        found = damage;
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
        for (String damage = next(); damage != null; damage = next()) {
            LOG.error("The image of keyspace {} is damaged, and is served no more: {}", keyspace, damage);
            boolean up = false;
            while (!up && closed.getCount() > 0) {
                up = isRenewed(damage);
            }
        }
    }

    private synchronized @Nullable String next() {
        String next = closed.getCount() == 0 ? null : found;
        found = null;
        if (next == null) {
            thread = null;
            underWay = false;
        }
        return next;
    }

    private boolean isRenewed(String damage) {
        try {
            renew.accept(damage);
            LOG.info("Keyspace {} is served again", keyspace);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Keyspace {} cannot be served again yet: {}", keyspace, e.getMessage(), e);
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
