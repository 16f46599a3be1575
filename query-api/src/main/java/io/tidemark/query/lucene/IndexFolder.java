package io.tidemark.query.lucene;

import io.tidemark.query.span.CorruptSpanStoreException;
import io.tidemark.query.span.SpanStoreException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index in a folder through its life: opened, deleted when it is damaged, replaced by an empty one, closed. Turns
 * Lucene's failures into the store's.
 */
final class IndexFolder {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);

    private final ReadWriteLock swap = new ReentrantReadWriteLock();
    private final Path folder;
    private final double bufferMegabytes;
    private final Optional<String> rebuilt;
    private volatile SpanIndex index;

    private IndexFolder(Path folder, double bufferMegabytes, SpanIndex index, Optional<String> rebuilt) {
        this.folder = folder;
        this.bufferMegabytes = bufferMegabytes;
        this.index = index;
        this.rebuilt = rebuilt;
    }

    /** Something done with a snapshot of the index. */
    interface Read<T> {
        T from(IndexSearcher searcher) throws IOException;
    }

    /** Something done with the index. */
    interface Work<T> {
        T on(SpanIndex index) throws IOException;
    }

    /** Something done to the index. */
    interface Change {
        void on(SpanIndex index) throws IOException;
    }

    static IndexFolder open(Path folder, double bufferMegabytes) {
        try {
            return openOrRebuild(folder, bufferMegabytes);
        } catch (IOException e) {
            throw new SpanStoreException("the span index in " + folder + " cannot be opened: " + e.getMessage(), e);
        }
    }

    SpanIndex.CommitData committed() {
        return index.committed();
    }

    /** Why the index was deleted when it was opened; empty when it was not. */
    Optional<String> rebuilt() {
        return rebuilt;
    }

    /** Goes back to the last commit, whatever happened to the index since. */
    void reopen() {
        swap.writeLock().lock();
        try {
            abandon();
            index = SpanIndex.open(folder, bufferMegabytes);
        } catch (CorruptIndexException e) {
            throw new CorruptSpanStoreException("the span index in " + folder + " is damaged: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new SpanStoreException("the span index in " + folder + " cannot be reopened: " + e.getMessage(), e);
        } finally {
            swap.writeLock().unlock();
        }
    }

    /** Deletes what is there, whatever its state, and begins an empty index. */
    void beginAnew() {
        swap.writeLock().lock();
        try {
            abandon();
            SpanIndex.delete(folder);
            index = SpanIndex.open(folder, bufferMegabytes);
        } catch (IOException e) {
            throw new SpanStoreException("the span index in " + folder + " cannot be cleared: " + e.getMessage(), e);
        } finally {
            swap.writeLock().unlock();
        }
    }

    long sizeBytes() {
        return work("measure", open -> {
            long bytes = 0;
            for (String file : open.directory().listAll()) {
                Path path = folder.resolve(file);
                // a merge may delete a file between listing and looking
                bytes += Files.exists(path) ? Files.size(path) : 0;
            }
            return bytes;
        });
    }

    /** Lets go of the index without committing, whatever its state. */
    void abandon() {
        try {
            index.abandon();
        } catch (IOException | AlreadyClosedException e) {
            LOG.info("a broken index could not be closed cleanly: folder={} cause={}", folder, e.toString());
        }
    }

    void close() {
        change("close", SpanIndex::close);
    }

    <T> T read(Read<T> read) {
        return work("read", open -> {
            Lease lease = lease();
            try {
                return read.from(lease.searcher());
            } finally {
                lease.searchers().release(lease.searcher());
            }
        });
    }

    /** A searcher and where it goes back to. */
    private record Lease(SearcherManager searchers, IndexSearcher searcher) {}

    /** Waits while the index is being swapped: readers never see the moment in which there is none. */
    private Lease lease() throws IOException {
        swap.readLock().lock();
        try {
            SearcherManager searchers = index.searchers();
            return new Lease(searchers, searchers.acquire());
        } finally {
            swap.readLock().unlock();
        }
    }

    void change(String what, Change change) {
        work(what, open -> {
            change.on(open);
            return what;
        });
    }

    private <T> T work(String what, Work<T> work) {
        SpanIndex open = index;
        try {
            return work.on(open);
        } catch (CorruptIndexException e) {
            throw new CorruptSpanStoreException("the span index in " + folder + " is damaged: " + e.getMessage(), e);
        } catch (IOException | AlreadyClosedException e) {
            if (open.writer().getTragicException() instanceof CorruptIndexException cause) {
                throw new CorruptSpanStoreException("the span index in " + folder + " is damaged: " + cause, e);
            }
            throw new SpanStoreException("span index in " + folder + ": could not " + what + ": " + e.getMessage(), e);
        }
    }

    private static IndexFolder openOrRebuild(Path folder, double bufferMegabytes) throws IOException {
        try {
            return new IndexFolder(folder, bufferMegabytes, SpanIndex.open(folder, bufferMegabytes), Optional.empty());
        } catch (CorruptIndexException
                | IndexFormatTooNewException
                | IndexFormatTooOldException
                | SpanIndex.OtherLayoutException
                | NoSuchFileException
                | FileNotFoundException
                | EOFException
                | IllegalArgumentException e) {
            LOG.warn(
                    "the span index is deleted and filled again from the log: folder={} cause={}",
                    folder,
                    e.toString());
            SpanIndex.delete(folder);
            SpanIndex empty = SpanIndex.open(folder, bufferMegabytes);
            return new IndexFolder(folder, bufferMegabytes, empty, Optional.of(e.toString()));
        }
    }
}
