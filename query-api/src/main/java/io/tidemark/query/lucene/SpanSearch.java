package io.tidemark.query.lucene;

import io.tidemark.query.span.Changes;
import io.tidemark.query.span.Cursor;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.schema.audit.Span;
import io.tidemark.topic.Serdes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PointValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.TotalHits;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Reads pages of spans from one snapshot of the index. */
final class SpanSearch {
    /** Hits are counted exactly up to here; beyond, the total is a lower bound. */
    static final int COUNTED = 10_000;

    private static final long FIRST_WINDOW_MICROS = 1_000_000;
    private static final int WINDOW_GROWTH = 8;

    private static final Sort OLDEST_FIRST = new Sort(start(false), id(false));
    private static final Sort NEWEST_FIRST = new Sort(start(true), id(true));
    private static final Sort BEST_FIRST = new Sort(SortField.FIELD_SCORE, start(true), id(true));
    private static final Sort TAKEN_IN = new Sort(new SortField(SpanDocument.SEQUENCE, SortField.Type.LONG));

    private final IndexSearcher searcher;

    SpanSearch(IndexSearcher searcher) {
        this.searcher = searcher;
    }

    Page<Span> byTime(Query query, PageRequest page) throws IOException {
        Sort sort = switch (page.order()) {
            case OLDEST_FIRST -> OLDEST_FIRST;
            case NEWEST_FIRST -> NEWEST_FIRST;
        };
        return page(query, page, sort, false);
    }

    Page<Span> byScore(Query query, PageRequest page) throws IOException {
        return page(query, page, BEST_FIRST, true);
    }

    Changes changes(Query query, long none, int limit) throws IOException {
        TopFieldDocs found =
                searcher.search(query, new TopFieldCollectorManager(TAKEN_IN, limit, null, Integer.MAX_VALUE));
        List<Changes.Numbered> spans = new ArrayList<>(found.scoreDocs.length);
        for (var hit : found.scoreDocs) {
            spans.add(new Changes.Numbered(number((FieldDoc) hit, 0), span(hit.doc)));
        }
        long remaining = found.totalHits.value() - spans.size();
        return new Changes(spans, remaining == 0 ? none : spans.getLast().sequence(), remaining);
    }

    List<Span> all(Query query, int most) throws IOException {
        TopDocs found = searcher.search(query, Math.max(1, most));
        List<Span> spans = new ArrayList<>(found.scoreDocs.length);
        for (var hit : found.scoreDocs) {
            spans.add(span(hit.doc));
        }
        return spans;
    }

    void forEach(Consumer<Span> consumer) throws IOException {
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Bits live = leaf.reader().getLiveDocs();
            BinaryDocValues values = leaf.reader().getBinaryDocValues(SpanDocument.SPAN);
            if (values == null) {
                continue;
            }
            for (int doc = values.nextDoc(); doc != BinaryDocValues.NO_MORE_DOCS; doc = values.nextDoc()) {
                if (live == null || live.get(doc)) {
                    consumer.accept(decode(values.binaryValue()));
                }
            }
        }
    }

    private Page<Span> page(Query query, PageRequest page, Sort sort, boolean scored) throws IOException {
        TotalHits total = searcher.search(query, new TopScoreDocCollectorManager(1, null, COUNTED)).totalHits;
        boolean lowerBound = total.relation() == TotalHits.Relation.GREATER_THAN_OR_EQUAL_TO;
        ScoreDoc[] hits = lowerBound && !scored ? inWindows(query, page, sort) : top(query, page, sort, scored);
        int size = Math.min(page.limit(), hits.length);
        List<Span> spans = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            spans.add(span(hits[i].doc));
        }
        Optional<Cursor> next =
                hits.length > page.limit() ? Optional.of(cursor((FieldDoc) hits[size - 1], scored)) : Optional.empty();
        return new Page<>(spans, total.value(), lowerBound, next);
    }

    private ScoreDoc[] top(Query query, PageRequest page, Sort sort, boolean scored) throws IOException {
        FieldDoc after = page.after() == null ? null : after(page.after(), scored);
        return searcher.search(query, new TopFieldCollectorManager(sort, page.limit() + 1, after, 1)).scoreDocs;
    }

    /**
     * The first hits by time of a query with very many: sorting them all would cost in proportion to their number, so
     * only a stretch of time next to where the page begins is looked at, and a longer one until it holds enough.
     */
    private ScoreDoc[] inWindows(Query query, PageRequest page, Sort sort) throws IOException {
        boolean newest = page.order() == PageRequest.Order.NEWEST_FIRST;
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            PointValues starts = leaf.reader().getPointValues(SpanDocument.START);
            if (starts != null) {
                least = Math.min(least, LongPoint.decodeDimension(starts.getMinPackedValue(), 0));
                most = Math.max(most, LongPoint.decodeDimension(starts.getMaxPackedValue(), 0));
            }
        }
        if (page.after() != null) {
            least = newest ? least : page.after().startMicros();
            most = newest ? page.after().startMicros() : most;
        }
        long window = FIRST_WINDOW_MICROS;
        while (window < most - least) {
            Query near = newest
                    ? LongField.newRangeQuery(SpanDocument.START, most - window, most)
                    : LongField.newRangeQuery(SpanDocument.START, least, least + window);
            Query both = new BooleanQuery.Builder()
                    .add(query, BooleanClause.Occur.FILTER)
                    .add(near, BooleanClause.Occur.FILTER)
                    .build();
            ScoreDoc[] hits = top(both, page, sort, false);
            if (hits.length > page.limit()) {
                return hits;
            }
            window *= WINDOW_GROWTH;
        }
        return top(query, page, sort, false);
    }

    private Span span(int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        BinaryDocValues values = leaf.reader().getBinaryDocValues(SpanDocument.SPAN);
        if (values == null || !values.advanceExact(doc - leaf.docBase)) {
            throw new CorruptIndexException("a document without its span", leaf.toString());
        }
        return decode(values.binaryValue());
    }

    private static Span decode(BytesRef value) {
        return Serdes.AUDIT_SPAN.decode(Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length));
    }

    private static FieldDoc after(Cursor cursor, boolean scored) {
        Long start = cursor.startMicros();
        Long id = SpanDocument.order(cursor.id());
        // the item itself compares as equal and has a lower document number than this one, so it is not repeated
        return new FieldDoc(
                Integer.MAX_VALUE,
                cursor.score(),
                scored ? new Object[] {cursor.score(), start, id} : new Object[] {start, id});
    }

    private static Cursor cursor(FieldDoc last, boolean scored) {
        int first = scored ? 1 : 0;
        float score = scored ? ((Number) value(last, 0)).floatValue() : 0;
        return new Cursor(score, number(last, first), SpanDocument.fromOrder(number(last, first + 1)));
    }

    private static long number(FieldDoc hit, int index) {
        return ((Number) value(hit, index)).longValue();
    }

    private static Object value(FieldDoc hit, int index) {
        Object @Nullable [] fields = hit.fields;
        if (fields == null) {
            throw new IllegalStateException("a sorted hit without its sort values");
        }
        return fields[index];
    }

    private static SortField start(boolean reverse) {
        return LongField.newSortField(SpanDocument.START, reverse, SortedNumericSelector.Type.MIN);
    }

    private static SortField id(boolean reverse) {
        return new SortField(SpanDocument.ID_ORDER, SortField.Type.LONG, reverse);
    }
}
