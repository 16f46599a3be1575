package io.tidemark.revision.store;

import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.store.ImageUnusableException.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace on disk, made from its log: a projection that may be deleted at any time and is made again by applying the
 * log from {@link #position} on. Durable is what RocksDB flushed, always all tables at one position; after a crash the
 * rest is applied again.
 *
 * <pre>
 *   apply ──► one write: data, position ──► counts ──► Moment (snapshot, numbers, counts) ◄── view, view, ...
 *               └─ compacted ──► Removal, in the background
 * </pre>
 *
 * One thread at a time applies. Everything else may be called by any thread; the methods of {@link Keyspace} read the newest state,
 * each for itself, so that only the thread that applies sees the same one twice: others take a {@link View}.
 */
public final class Image implements Projection, AutoCloseable {
    private final Database database;
    private final int partBytes;
    private final ImageFiles files;
    private final Removal removal;
    private final NewestMoment newest;
    private final OpenViews views;
    private final ReentrantLock applying = new ReentrantLock();
    private volatile @Nullable RuntimeException failure;
    private volatile Consumer<List<RevisionEvents>> told = events -> {};

    private Image(Database database, ImageSettings settings, int partBytes, State state) {
        this.database = database;
        this.partBytes = partBytes;
        this.files = new ImageFiles(database, this::using);
        this.views = new OpenViews(settings.viewsMost());
        KeyCounts counts = KeyCounts.of(new CountedKeys(database.now()));
        this.newest = new NewestMoment(new Moment(database.snapshot(), state, counts));
        this.removal = new Removal(database, settings.removalStep(), state.compacted());
    }

    /**
     * Opens the image in a folder; makes an empty one when there is none. Reads all keys once.
     *
     * @throws ImageUnusableException when that is not possible; it says whether to delete the folder
     */
    public static Image open(Path folder, ImageSettings settings) {
        return open(folder, settings, Application.PART_BYTES);
    }

    /** @param partBytes of what is written at once */
    static Image open(Path folder, ImageSettings settings, int partBytes) {
        Database database = Database.open(folder, settings);
        try {
            return new Image(database, settings, partBytes, Meta.open(database));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Somebody to be told of what is written, on the thread that applies and before anybody can read it, so that who was
     * answered a write or read it knows that it was told. To be set before anything is applied.
     */
    public void whenWritten(Consumer<List<RevisionEvents>> listener) {
        told = listener;
    }

    @Override
    public Position position() {
        return newest.reading(moment -> moment.state().position());
    }

    /**
     * Applies what follows in the log, in one write with the position, or in parts of which nothing is shown before the last.
     *
     * @param transactions may be none, when the log went on without any
     * @throws IllegalStateException when a revision does not follow from what was applied before: the log has a gap.
     *     Nothing of the group was applied
     * @throws ImageUnusableException when it cannot be written. When nothing of it was, as on a full disk, the same may be tried
     *     again; else nothing can be applied from then on, and the image counts as damaged
     */
    @Override
    public void apply(List<Committed> transactions, Position after, Map<Key, Optional<KeyValue>> known) {
        applying.lock();
        try {
            Moment before = newest.now();
            RuntimeException failed = failure;
            if (failed != null) {
                throw new IllegalStateException("the image could not be written before", failed);
            }
            Committed.checkFollow(transactions, before.revision());
            Application application = new Application(database, before.state(), known, partBytes);
            Moment made = write(application, transactions, after, before);
            if (!application.told().isEmpty()) {
                told.accept(application.told());
            }
            newest.replace(made);
            if (made.compacted() > before.compacted()) {
                removal.compacted(made.compacted());
            }
        } finally {
            applying.unlock();
        }
    }

    private Moment write(Application application, List<Committed> transactions, Position after, Moment shown) {
        try {
            transactions.forEach(application::take);
            State state = application.finish(after);
            KeyCounts counts = shown.counts().with(application.comings(), new CountedKeys(database.now()));
            return new Moment(database.snapshot(), state, counts);
        } catch (RuntimeException e) {
            if (!Meta.isAt(database, shown.state())) {
                // what was written is ahead of what is shown, and may be a part of a group
                failure = e;
                database.damage()
                        .noted(new ImageUnusableException(
                                Reason.UNFINISHED, "a write broke off: " + e.getMessage(), e));
            }
            throw e;
        } finally {
            database.endParts();
        }
    }

    /**
     * The keyspace as it is now, to be read by any thread.
     *
     * @throws TooManyViewsException when as many are open as the settings allow
     */
    public View view() {
        return views.view(newest::held);
    }

    @Override
    public long revision() {
        return newest.reading(Moment::revision);
    }

    @Override
    public long compacted() {
        return newest.reading(Moment::compacted);
    }

    @Override
    public @Nullable KeyValue newest(Key key) {
        return newest.reading(moment -> moment.newest(key));
    }

    @Override
    public List<KeyValue> newest(KeyRange range) {
        return newest.reading(moment -> moment.newest(range));
    }

    @Override
    public List<Key> keys(KeyRange range, int most) {
        return newest.reading(moment -> moment.keys(range, most));
    }

    @Override
    public List<KeyValue> at(KeyRange range, long revision) {
        return newest.reading(moment -> moment.at(range, revision));
    }

    @Override
    public @Nullable Lease lease(long id) {
        return newest.reading(moment -> moment.lease(id));
    }

    @Override
    public List<Key> keysOf(long lease) {
        return newest.reading(moment -> moment.keysOf(lease));
    }

    @Override
    public Alarms alarms() {
        return newest.now().alarms(); // nothing native is needed for it, and so nobody has to be kept from closing
    }

    @Override
    public Auth auth() {
        return newest.now().auth();
    }

    @Override
    public List<Lease> leases() {
        return newest.reading(Moment::leases);
    }

    /** Complete when what was compacted at a revision is removed from the disk's files; fails when the image is closed. */
    public CompletableFuture<Void> removed(long revision) {
        return removal.removed(revision);
    }

    /** Merges all files, which gives back the room of what was overwritten or removed; reads and writes go on. */
    public void defragment() {
        renew();
        using(database::mergeFiles);
    }

    /** What was removed since the newest moment is kept for whoever reads that one: the same state without it. */
    private void renew() {
        applying.lock();
        try {
            if (!newest.isClosed()) {
                Moment before = newest.now();
                newest.replace(new Moment(database.snapshot(), before.state(), before.counts()));
            }
        } finally {
            applying.unlock();
        }
    }

    /** What it lies in, on disk. */
    public ImageFiles files() {
        return files;
    }

    /** What native code gave back must not be used: a moment that is held keeps it. */
    private void using(Runnable work) {
        newest.reading(moment -> {
            work.run();
            return moment;
        });
    }

    @Override
    public long size() {
        return figures().size();
    }

    /** Figures to be shown. */
    public ImageFigures figures() {
        return newest.reading(moment -> ImageFigures.of(database, views.count(), removal.backlog()));
    }

    /** Flushes and closes. Views that are open can be read until they are closed. */
    @Override
    public void close() {
        removal.close();
        applying.lock();
        try {
            Moment last = newest.close();
            if (last != null) {
                close(last);
            }
        } finally {
            applying.unlock();
        }
    }

    private void close(Moment last) {
        try {
            if (failure == null) {
                database.flush();
            }
        } finally {
            last.release();
            database.close();
        }
    }
}
