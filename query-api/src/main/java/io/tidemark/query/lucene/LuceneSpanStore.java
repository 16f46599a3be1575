package io.tidemark.query.lucene;

import io.tidemark.query.lucene.SpanIndex.CommitData;
import io.tidemark.query.span.Changes;
import io.tidemark.query.span.Coverage;
import io.tidemark.query.span.EncodedSpan;
import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.ObjectFilter;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.schema.audit.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/**
 * Spans in a Lucene index in one folder.
 *
 * <p>Numbers of arrival start at the clock's microseconds and only rise, so after a crash the spans read again get
 * higher numbers than those that were seen and lost. An index that is damaged or was written in another layout is
 * deleted when it is opened; its positions are then empty and the log fills it again.
 */
public final class LuceneSpanStore implements SpanStore {
    private final IndexFolder folder;
    private final InstantSource clock;
    private final SpanDocuments documents = new SpanDocuments(); // of the thread that applies
    private volatile boolean closed;
    private volatile CommitData applied;
    private volatile long findable;
    private boolean uncommitted;

    private LuceneSpanStore(IndexFolder folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.applied = startingAt(folder.committed());
        this.findable = applied.sequence();
    }

    /**
     * Opens the index in the folder, or a new one.
     *
     * @param bufferMegabytes memory for spans that are not on disk yet
     * @param clock where numbers of arrival start
     */
    public static LuceneSpanStore open(Path folder, double bufferMegabytes, InstantSource clock) {
        return new LuceneSpanStore(IndexFolder.open(folder, bufferMegabytes), clock);
    }

    /** Why the index was deleted when it was opened; empty when it was not. */
    public Optional<String> rebuilt() {
        return folder.rebuilt();
    }

    @Override
    public void apply(SpanBatch batch) {
        Map<SpanRef, EncodedSpan> newest =
                LinkedHashMap.newLinkedHashMap(batch.spans().size());
        boolean late = false;
        for (EncodedSpan each : batch.spans()) {
            late |= each.span().getLate();
            newest.merge(
                    SpanRef.of(each.span().getSpanId()),
                    each,
                    (old, next) -> next.span().getLate() && !old.span().getLate() ? old : next);
        }
        if (late) {
            dropLateOnes(newest);
        }
        folder.change("apply spans", index -> {
            long sequence = applied.sequence();
            long accepted = applied.acceptedMicros();
            for (Map.Entry<SpanRef, EncodedSpan> entry : newest.entrySet()) {
                Span span = entry.getValue().span();
                accepted = Math.max(accepted, Micros.of(span.getAcceptedMicros()));
                if (span.getWithdrawn()) {
                    index.writer().deleteDocuments(SpanDocument.term(entry.getKey()));
                } else {
                    index.writer()
                            .updateDocument(
                                    SpanDocument.term(entry.getKey()), documents.of(entry.getValue(), ++sequence));
                }
            }
            applied = new CommitData(applied.positions().then(batch.next()), sequence, accepted);
            uncommitted = true;
        });
    }

    @Override
    public LogPositions positions() {
        return applied.positions();
    }

    @Override
    public void refresh() {
        long sequence = applied.sequence();
        folder.change("refresh", index -> index.searchers().maybeRefreshBlocking());
        findable = sequence;
    }

    @Override
    public void commit() {
        if (uncommitted) {
            folder.change("commit", index -> index.commit(applied));
            uncommitted = false;
        }
    }

    @Override
    public void rollback() {
        folder.reopen();
        startFrom(new CommitData(
                folder.committed().positions(),
                Math.max(applied.sequence(), folder.committed().sequence()),
                folder.committed().acceptedMicros()));
    }

    @Override
    public void clear() {
        folder.beginAnew();
        startFrom(new CommitData(LogPositions.NONE, applied.sequence(), Long.MIN_VALUE));
    }

    private void startFrom(CommitData data) {
        applied = startingAt(data);
        findable = applied.sequence();
        uncommitted = false;
    }

    @Override
    public Optional<Span> span(SpanRef id) {
        return spans(List.of(id)).stream().findFirst();
    }

    @Override
    public List<Span> spans(Collection<SpanRef> ids) {
        return ids.isEmpty()
                ? List.of()
                : folder.read(searcher -> new SpanSearch(searcher).all(SpanQueries.withIds(ids), ids.size()));
    }

    @Override
    public Page<Span> search(SpanFilter filter, PageRequest page) {
        return folder.read(searcher -> new SpanSearch(searcher).byTime(SpanQueries.of(filter), page));
    }

    @Override
    public Page<Span> objects(ObjectFilter filter, PageRequest page) {
        Query query = ObjectQueries.of(filter);
        return folder.read(searcher -> ObjectQueries.scored(filter)
                ? new SpanSearch(searcher).byScore(query, page)
                : new SpanSearch(searcher).byTime(query, page));
    }

    @Override
    public long count(SpanFilter filter) {
        return folder.read(searcher -> (long) searcher.count(SpanQueries.of(filter)));
    }

    @Override
    public long sequence() {
        return findable;
    }

    @Override
    public Changes changesSince(long sequence, SpanFilter filter, int limit) {
        Query query = new BooleanQuery.Builder()
                .add(SpanQueries.of(filter), Occur.FILTER)
                .add(SpanQueries.takenInAfter(sequence), Occur.FILTER)
                .build();
        long none = Math.max(sequence, findable);
        return folder.read(searcher -> new SpanSearch(searcher).changes(query, none, limit));
    }

    @Override
    public Coverage coverage() {
        return coverage(SpanFilter.ALL);
    }

    @Override
    public List<String> clusters() {
        return folder.read(SpanCoverage::clusters);
    }

    @Override
    public Coverage coverage(String cluster) {
        return coverage(SpanCoverage.of(cluster));
    }

    @Override
    public Optional<Instant> newestAccepted() {
        long micros = applied.acceptedMicros();
        return micros == Long.MIN_VALUE ? Optional.empty() : Optional.of(Micros.at(micros));
    }

    @Override
    public void forEach(Consumer<Span> consumer) {
        folder.read(searcher -> {
            new SpanSearch(searcher).forEach(consumer);
            return true;
        });
    }

    @Override
    public long sizeBytes() {
        double living = folder.read(searcher -> {
            IndexReader reader = searcher.getIndexReader();
            return reader.maxDoc() == 0 ? 1.0 : (double) reader.numDocs() / reader.maxDoc();
        });
        return Math.round(folder.sizeBytes() * living);
    }

    @Override
    public long deleteAcceptedBefore(Instant instant) {
        return delete(SpanQueries.acceptedBefore(Micros.of(instant)));
    }

    @Override
    public long deleteOldest(long spans) {
        // the number below which as many spans lie, to within one, by halving
        long low = 0;
        long high = applied.sequence() + 1;
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            Query below = SpanQueries.takenInBefore(middle);
            if (folder.read(searcher -> (long) searcher.count(below)) < spans) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return delete(SpanQueries.takenInBefore(high));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            commit();
            folder.close();
        }
    }

    /** Lets go of the index as a crash does: what is not committed is lost. */
    void abandon() {
        closed = true;
        folder.abandon();
    }

    private long delete(Query query) {
        long count = folder.read(searcher -> (long) searcher.count(query));
        if (count > 0) {
            folder.change("delete spans", index -> {
                index.writer().deleteDocuments(query);
                index.writer().forceMergeDeletes(false);
            });
            uncommitted = true;
        }
        return count;
    }

    /** Late spans may only take a place that is free or held by another late one. */
    private void dropLateOnes(Map<SpanRef, EncodedSpan> newest) {
        refresh();
        List<SpanRef> late = newest.entrySet().stream()
                .filter(entry -> entry.getValue().span().getLate())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(ArrayList::new));
        for (Span existing : spans(late)) {
            if (!existing.getLate()) {
                newest.remove(SpanRef.of(existing.getSpanId()));
            }
        }
    }

    private Coverage coverage(SpanFilter filter) {
        return folder.read(searcher -> SpanCoverage.coverage(searcher, filter));
    }

    private CommitData startingAt(CommitData data) {
        long now = Micros.of(clock.instant());
        return new CommitData(data.positions(), Math.max(data.sequence(), now), data.acceptedMicros());
    }
}
