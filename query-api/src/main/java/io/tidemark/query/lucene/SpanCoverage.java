package io.tidemark.query.lucene;

import io.tidemark.query.span.Coverage;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/** What an index knows of: which clusters, how much of them, from when to when. */
final class SpanCoverage {
    /** Kinds that are witnessed at a moment; the others stand for a stretch of time that may begin long before. */
    private static final Set<String> WITNESSED =
            Set.of(SpanKind.REQUEST.name(), SpanKind.ITEM.name(), SpanKind.EVENT.name());

    private SpanCoverage() {}

    static SpanFilter of(String cluster) {
        return SpanFilter.ALL.and(SpanField.CLUSTER, cluster);
    }

    static List<String> clusters(IndexSearcher searcher) throws IOException {
        Set<String> named = new TreeSet<>();
        BytesRef first = SpanDocument.term(SpanDocument.kind(SpanField.CLUSTER), "");
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Terms terms = leaf.reader().terms(SpanDocument.TERM);
            TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
            boolean found = each.seekCeil(first) != TermsEnum.SeekStatus.END;
            while (found && StringHelper.startsWith(each.term(), first)) {
                named.add(new String(
                        each.term().bytes, each.term().offset + 1, each.term().length - 1, StandardCharsets.UTF_8));
                found = each.next() != null;
            }
        }
        // a term outlives its last document until segments are merged
        List<String> living = new ArrayList<>();
        for (String name : named) {
            if (count(searcher, of(name)) > 0) {
                living.add(name);
            }
        }
        return living;
    }

    static Coverage coverage(IndexSearcher searcher, SpanFilter filter) throws IOException {
        SpanFilter witnessed = filter.and(SpanField.KIND, WITNESSED);
        return new Coverage(
                count(searcher, filter),
                count(searcher, filter.and(SpanField.KIND, SpanKind.OBJECT.name())),
                first(searcher, witnessed, PageRequest.oldest(1)),
                first(searcher, witnessed, PageRequest.newest(1)));
    }

    private static long count(IndexSearcher searcher, SpanFilter filter) throws IOException {
        return searcher.count(SpanQueries.of(filter));
    }

    private static Optional<Instant> first(IndexSearcher searcher, SpanFilter filter, PageRequest one)
            throws IOException {
        Page<Span> page = new SpanSearch(searcher).byTime(SpanQueries.of(filter), one);
        return page.items().stream().map(Span::getStartMicros).findFirst();
    }
}
