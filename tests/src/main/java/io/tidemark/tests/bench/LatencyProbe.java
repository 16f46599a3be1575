package io.tidemark.tests.bench;

import io.tidemark.tests.bench.Recording.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures from the moment a list begins to be sent to the moment at which the span of one of its requests is answered
 * by the API: asks for the oldest spans again and again, so that figures are up to one period too high.
 */
final class LatencyProbe implements Load.Watcher, AutoCloseable {
    private static final long LOST_SECONDS = 120;
    /** Spans can be found in about the order in which they were sent: behind so many that cannot, none is asked for. */
    private static final int MISSING = 4;

    private final Histogram micros = new Histogram(TimeUnit.SECONDS.toMicros(LOST_SECONDS), 3);
    private final Queue<Waiting> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lists = new AtomicInteger();
    private final int every;
    private final long periodMillis;
    private final HttpConnection http;
    private final Thread asker = new Thread(this::ask, "latency-probe");
    private volatile boolean ending;
    private volatile @Nullable Exception failure;

    /** A span that is asked for. */
    private record Waiting(String path, long sentNanos) {}

    /**
     * @param every which share of the lists is looked at: one of this many
     * @param periodMillis time between two questions for the same span
     */
    LatencyProbe(int port, int every, long periodMillis) throws IOException {
        this.every = every;
        this.periodMillis = periodMillis;
        this.http = new HttpConnection(port);
        asker.start();
    }

    @Override
    public void sending(ClusterCopy copy, Probe probe, long nanoTime) {
        if (lists.getAndIncrement() % every == 0) {
            sent.add(new Waiting("/api/v1/spans/" + copy.spanId(probe), nanoTime));
        }
    }

    private void ask() {
        List<Waiting> open = new ArrayList<>();
        try {
            while (!ending || !open.isEmpty() || !sent.isEmpty()) {
                for (Waiting next = sent.poll(); next != null; next = sent.poll()) {
                    open.add(next);
                }
                int missing = 0;
                for (Iterator<Waiting> each = open.iterator(); each.hasNext() && missing < MISSING; ) {
                    if (answered(each.next())) {
                        each.remove();
                    } else {
                        missing++;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(periodMillis);
            }
        } catch (IOException | InterruptedException e) {
            failure = e;
        }
    }

    private boolean answered(Waiting span) throws IOException {
        boolean there = http.get(span.path()).ok();
        long nanos = System.nanoTime() - span.sentNanos();
        if (there) {
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
        } else if (nanos > TimeUnit.SECONDS.toNanos(LOST_SECONDS)) {
            throw new IOException(span.path() + " was accepted and cannot be found after " + LOST_SECONDS + " s");
        }
        return there;
    }

    /** Waits for the last span and returns the latencies in microseconds. */
    Histogram finish() throws IOException, InterruptedException {
        ending = true;
        asker.join();
        if (failure != null) {
            throw new IOException("latency could not be measured", failure);
        }
        return micros;
    }

    @Override
    public void close() throws IOException {
        ending = true;
        asker.interrupt();
        http.close();
    }
}
