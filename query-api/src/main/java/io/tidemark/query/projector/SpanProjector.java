package io.tidemark.query.projector;

import io.tidemark.query.span.CorruptSpanStoreException;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.SpanStoreException;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the span store from the span log, on a thread of its own.
 *
 * <p>Every failure has the same answer: go back to the store's last commit, pause, read again from its positions. A
 * damaged store is emptied first. A record that is no span stops the projection until a version reads it that can: to
 * skip it would make the store silently differ from the log.
 */
public final class SpanProjector implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(SpanProjector.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

    private final Supplier<SpanLog> connect;
    private final SpanStore store;
    private final ProjectorSettings settings;
    private final InstantSource clock;
    private final ProjectorMeters meters;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile long lagRecords = -1;
    private volatile @Nullable String failure;
    private @Nullable Thread thread;

    /**
     * @param connect opens the log; called again after each failure
     */
    public SpanProjector(
            Supplier<SpanLog> connect,
            SpanStore store,
            ProjectorSettings settings,
            Meters meters,
            InstantSource clock) {
        this.connect = connect;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.meters = ProjectorMeters.of(meters, this::lagRecords, this::indexBytes);
    }

    @Override
    public String name() {
        return "span-projector";
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().name("span-projector").start(this::run);
        }
    }

    /** Records of the span log that are not applied yet; 0 before the first look. */
    public long lagRecords() {
        return Math.max(0, lagRecords);
    }

    @Override
    public Health check() {
        String why = failure;
        if (why != null) {
            return new Health.Degraded(why);
        }
        long lag = lagRecords;
        if (lag < 0) {
            return new Health.Degraded("the span log has not been read yet");
        }
        return lag > settings.readyLag()
                ? new Health.Degraded(lag + " span records behind, more than " + settings.readyLag())
                : Health.UP;
    }

    @Override
    public void close() {
        stop.countDown();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running == null) {
            return;
        }
        try {
            if (!running.join(CLOSE_DEADLINE)) {
                LOG.warn("the span projector did not stop in time: deadline={}", CLOSE_DEADLINE);
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!stopping(Duration.ZERO)) {
            try (SpanLog log = connect.get()) {
                project(log);
                return;
            } catch (SpanLogException | SpanStoreException e) {
                pause = failure == null ? FIRST_PAUSE : longer(pause);
                failure = String.valueOf(e.getMessage());
                meters.retries().increment();
                LOG.warn("projection failed, goes back to the last commit: pause={} cause={}", pause, failure);
                recover(e);
            } catch (RuntimeException e) {
                failure = "stopped by a defect: " + e;
                LOG.error("projection stopped by a defect", e);
                return;
            }
            if (stopping(pause)) {
                return;
            }
        }
    }

    private void project(SpanLog log) {
        Projection projection = new Projection(log, store, settings, meters, clock);
        projection.begin();
        LOG.info("projection goes on: positions={}", store.positions().text());
        while (!stopping(Duration.ZERO)) {
            lagRecords = projection.step();
            failure = null;
        }
        projection.finish();
    }

    private void recover(RuntimeException cause) {
        try {
            if (cause instanceof CorruptSpanStoreException) {
                rebuild();
            } else {
                store.rollback();
            }
        } catch (CorruptSpanStoreException e) {
            rebuild();
        } catch (SpanStoreException e) {
            failure = String.valueOf(e.getMessage());
            LOG.warn("the span store could not go back to its last commit: cause={}", failure);
        }
    }

    private void rebuild() {
        meters.rebuildsDamaged().increment();
        LOG.warn("the span store is damaged and is filled again from the log");
        try {
            store.clear();
        } catch (SpanStoreException e) {
            failure = String.valueOf(e.getMessage());
            LOG.warn("the span store could not be emptied: cause={}", failure);
        }
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(settings.retryMax()) > 0 ? settings.retryMax() : doubled;
    }

    private boolean stopping(Duration wait) {
        try {
            return stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private long indexBytes() {
        try {
            return store.sizeBytes();
        } catch (SpanStoreException e) {
            return 0;
        }
    }
}
