package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what was compacted, in a thread of its own and in small steps between which the writer has its turn. What has to
 * go is known from the changes alone: each names the version that it ended. Compacted at 8 (keys as in {@link StoredKeys}):
 *
 * <pre>
 *   change                      goes                            stays
 *   5  put a, before 3          history a 3, change 3, ended 5
 *   6  delete b, before 4       history b 4, b 6, change 4, ended 6, this change
 *   7  put c                                                    this change, as long as the version is there
 *   8  delete a, before 5       history a 5, change 5, ended 8  history a 8, this change: for watches from 8 on
 *   9  put c, before 7                                          history c 7: it is what c was at 8
 * </pre>
 *
 * Each step can be done again without harm; after a restart the work goes on at the step that was written last.
 */
final class Removal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
    /** Between two attempts while the disk does not take anything. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Database database;
    private final int step;
    private final TreeMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
    private final Thread thread;
    private long removed;
    private long wanted;
    private boolean closing;
    private @Nullable RuntimeException failure;
    /** The thread's own: whether it was told of already. */
    private boolean failing;

    /** @param step changes in a step */
    Removal(Database database, int step, long compacted) {
        this.database = database;
        this.step = step;
        this.removed = Meta.removed(database);
        this.wanted = compacted;
        database.hold();
        this.thread =
                Thread.ofPlatform().name("tidemark-image-removal").daemon().start(this::run);
    }

    /** What lies below a revision can go. */
    synchronized void compacted(long revision) {
        wanted = Math.max(wanted, revision);
        notifyAll();
    }

    /** Revisions that are compacted and not removed yet. */
    synchronized long backlog() {
        return Math.max(0, wanted - removed);
    }

    /** Complete when what a compaction at the revision gives up was removed. */
    synchronized CompletableFuture<Void> removed(long revision) {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (closing) {
            return CompletableFuture.failedFuture(new IllegalStateException("the image is closed"));
        }
        return revision <= removed
                ? CompletableFuture.completedFuture(null)
                : waiting.computeIfAbsent(revision, at -> new CompletableFuture<>());
    }

    private void run() {
        try {
            for (long to = next(); to >= 0; to = next()) {
                attempt(to);
            }
            end(new IllegalStateException("the image is closed"));
        } catch (RuntimeException e) {
            end(e);
        } finally {
            database.release();
        }
    }

    /** A full disk has room again at some time. */
    private void attempt(long compacted) {
        try {
            removeTo(compacted);
        } catch (ImageUnusableException e) {
            if (e.canBeMadeAgain()) {
                throw e;
            }
            if (!failing) {
                LOG.warn("What was compacted cannot be removed yet: {}", e.getMessage(), e);
            }
            failing = true;
            pause();
        }
    }

    private synchronized void pause() {
        long until = System.nanoTime() + PAUSE_NANOS;
        try {
            for (long left = PAUSE_NANOS; left > 0 && !closing; left = until - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /** @return -1 when there is to be no more */
    private synchronized long next() {
        while (wanted <= removed && !closing) {
            try {
                wait();
            } catch (InterruptedException e) {
                closing = true;
            }
        }
        return closing ? -1 : wanted;
    }

    private void end(RuntimeException reason) {
        List<CompletableFuture<Void>> failed;
        synchronized (this) {
            failure = reason;
            failed = List.copyOf(waiting.values());
            waiting.clear();
        }
        failed.forEach(future -> future.completeExceptionally(reason));
    }

    private void removeTo(long compacted) {
        byte @Nullable [] from = StoredKeys.change(Math.max(0, removed), 0);
        while (from != null && !isClosing()) {
            long began = System.nanoTime();
            from = step(from, compacted);
            // as long as it took: half of the time is the writer's alone
            LockSupport.parkNanos(System.nanoTime() - began);
        }
        if (from == null) {
            failing = false;
            finished(compacted);
        }
    }

    private synchronized boolean isClosing() {
        return closing;
    }

    private void finished(long compacted) {
        List<CompletableFuture<Void>> done;
        synchronized (this) {
            removed = compacted;
            NavigableMap<Long, CompletableFuture<Void>> reached = waiting.headMap(compacted, true);
            done = List.copyOf(reached.values());
            reached.clear();
        }
        done.forEach(future -> future.complete(null));
    }

    /** @return where the next step begins; null when this was the last one */
    private byte @Nullable [] step(byte[] from, long compacted) {
        Batch batch = new Batch();
        byte[] next = null;
        try (Cursor changes = database.now().cursor(Table.CHANGES, from, StoredKeys.change(compacted + 1, 0))) {
            for (int taken = 0; changes.valid() && taken < step; taken++) {
                byte[] at = changes.key();
                remove(at, StoredChange.decode(changes.value()), compacted, batch);
                next = StoredKeys.change(StoredKeys.revisionOfChange(at), StoredKeys.subOfChange(at) + 1);
                changes.next();
            }
            boolean last = !changes.valid();
            byte[] end = last ? StoredKeys.change(compacted + 1, 0) : changes.key();
            batch.deleteRange(database.family(Table.ENDED), from, end); // all versions that these changes ended
            long done = last ? compacted : StoredKeys.revisionOfChange(changes.key()) - 1;
            batch.put(database.family(Table.META), Meta.REMOVED, Meta.encode(done));
            database.write(batch);
            return last ? null : next;
        }
    }

    private void remove(byte[] at, StoredChange change, long compacted, Batch batch) {
        byte[] key = change.key().bytes();
        long revision = StoredKeys.revisionOfChange(at);
        if (change.before() > 0) {
            batch.delete(database.family(Table.HISTORY), StoredKeys.history(key, change.before()));
            byte[] put = changeThatPut(change.key(), change.before());
            if (put != null) {
                batch.delete(database.family(Table.CHANGES), put);
            }
        }
        if (revision == compacted) {
            return;
        }
        if (change.deletion() || change.passing()) {
            batch.delete(database.family(Table.CHANGES), at);
        }
        if (change.deletion() && !change.passing()) {
            batch.delete(database.family(Table.HISTORY), StoredKeys.history(key, revision));
        }
        if (change.passing() && !change.deletion()) {
            batch.delete(database.family(Table.HISTORY), StoredKeys.history(key, revision, StoredKeys.subOfChange(at)));
        }
    }

    /** Most often the first change of its transaction; null when it is removed already. */
    private byte @Nullable [] changeThatPut(Key key, long revision) {
        byte[] first = StoredKeys.change(revision, 0);
        byte[] stored = database.now().get(Table.CHANGES, first);
        if (stored != null && StoredChange.decode(stored).leaves(key)) {
            return first;
        }
        try (Cursor changes = database.now().cursor(Table.CHANGES, first, StoredKeys.change(revision + 1, 0))) {
            for (; changes.valid(); changes.next()) {
                if (StoredChange.decode(changes.value()).leaves(key)) {
                    return changes.key();
                }
            }
        }
        return null;
    }

    /** Comes back when nothing is removed any more, or when it is interrupted: the step that is being done is then finished. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
