package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps spans and finds them again. A projection of the span log: it may be deleted at any time and is then filled
 * again from the log with the same content.
 *
 * <p>A span replaces the one with the same id, except that a span marked late never replaces one that is not; a withdrawn one removes it. What is
 * applied can be found after {@link #refresh} and outlives a crash after {@link #commit}, together with the log
 * positions that belong to it. One thread applies, refreshes, commits, clears and deletes; any thread reads.
 *
 * <p>Every method throws {@link SpanStoreException} when the engine fails, {@link CorruptSpanStoreException} when its
 * data is damaged.
 */
public interface SpanStore extends AutoCloseable {

    /** Takes in the batch and moves the positions behind it. Doing it twice changes nothing. */
    void apply(SpanBatch batch);

    /** Where the log has to be read next to continue what is applied; after a crash, what was committed. */
    LogPositions positions();

    /** Makes everything applied findable. */
    void refresh();

    /** Makes everything applied durable, with its positions. */
    void commit();

    /** Goes back to the last commit, after a failure too: what was applied since has to be applied again. */
    void rollback();

    /** Forgets every span and every position, damaged ones too. */
    void clear();

    Optional<Span> span(SpanRef id);

    /** The spans that exist among these ids, in any order. */
    List<Span> spans(Collection<SpanRef> ids);

    /** Spans by start time, then id. */
    Page<Span> search(SpanFilter filter, PageRequest page);

    /** Object spans: best match first when the filter has a fragment, else by start time, then id. */
    Page<Span> objects(ObjectFilter filter, PageRequest page);

    /** How many spans the filter matches, exactly. */
    long count(SpanFilter filter);

    /** Number of the newest change that can be found; it only rises, through restarts and crashes too. */
    long sequence();

    /**
     * Matching spans taken in after this sequence number, oldest first. After a crash spans may come a second time
     * with a higher number; none is left out.
     */
    Changes changesSince(long sequence, SpanFilter filter, int limit);

    /** What can be found now, all clusters together. */
    Coverage coverage();

    /** Names of the clusters of which something can be found, in order. */
    List<String> clusters();

    Coverage coverage(String cluster);

    /** When the newest span's audit event came through its door; empty when nothing was ever applied. */
    Optional<Instant> newestAccepted();

    /** Reads every span once, in any order, as of the last refresh. */
    void forEach(Consumer<Span> consumer);

    /** Bytes on disk, without what deleted spans take until the engine gets round to it. */
    long sizeBytes();

    /**
     * Deletes what was accepted before, except objects that still exist as far as known.
     *
     * @return how many spans are marked for deletion; gone after the next refresh
     */
    long deleteAcceptedBefore(Instant instant);

    /**
     * Deletes about as many spans, those taken in longest ago, except objects that still exist as far as known.
     *
     * @return how many spans are marked for deletion; gone after the next refresh
     */
    long deleteOldest(long spans);

    /** Commits and lets go of every resource. Closing twice is allowed. */
    @Override
    void close();
}
