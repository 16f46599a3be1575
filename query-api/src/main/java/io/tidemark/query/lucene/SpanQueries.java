package io.tidemark.query.lucene;

import io.tidemark.query.span.Condition;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.TimeRange;
import java.util.Collection;
import java.util.Locale;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;

/** Filters as Lucene queries, all of them without a score. */
final class SpanQueries {
    private SpanQueries() {}

    static Query of(SpanFilter filter) {
        if (filter.conditions().isEmpty()) {
            return new MatchAllDocsQuery();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Condition condition : filter.conditions()) {
            all.add(of(condition), Occur.FILTER);
        }
        return all.build();
    }

    static Query withIds(Collection<SpanRef> ids) {
        return new TermInSetQuery(
                SpanDocument.ID, ids.stream().map(SpanDocument::bytes).toList());
    }

    static Query acceptedBefore(long micros) {
        return dispensable(range(SpanDocument.ACCEPTED, Long.MIN_VALUE, micros - 1));
    }

    static Query takenInBefore(long sequence) {
        return dispensable(range(SpanDocument.SEQUENCE, Long.MIN_VALUE, sequence - 1));
    }

    static Query takenInAfter(long sequence) {
        return range(SpanDocument.SEQUENCE, sequence + 1, Long.MAX_VALUE);
    }

    /** Text with the signs escaped that a wildcard query gives a meaning. */
    static String literal(String text) {
        return text.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
    }

    private static Query range(String field, long from, long to) {
        return NumericDocValuesField.newSlowRangeQuery(field, from, to);
    }

    private static Query dispensable(Query old) {
        return new BooleanQuery.Builder()
                .add(old, Occur.FILTER)
                .add(new TermQuery(new Term(SpanDocument.LIVING, "")), Occur.MUST_NOT)
                .build();
    }

    private static Query of(Condition condition) {
        return switch (condition) {
            case Condition.AnyOf any -> anyOf(any.field(), any.values());
            case Condition.CodeBetween code -> range(SpanDocument.CODE, code.from(), code.to());
            case Condition.ChangedPath path ->
                new TermQuery(new Term(SpanDocument.TERM, SpanDocument.term(SpanDocument.PATH, path.path())));
            case Condition.UserAgentContains agent ->
                new WildcardQuery(new Term(
                        SpanDocument.USER_AGENT, "*" + literal(agent.fragment().toLowerCase(Locale.ROOT)) + "*"));
            case Condition.Text text -> words(text);
            case Condition.During during -> during(during.range());
        };
    }

    private static Query anyOf(SpanField field, Collection<String> values) {
        int kind = SpanDocument.kind(field);
        return values.size() == 1
                ? new TermQuery(new Term(
                        SpanDocument.TERM,
                        SpanDocument.term(kind, values.iterator().next())))
                : new TermInSetQuery(
                        SpanDocument.TERM,
                        values.stream()
                                .map(value -> SpanDocument.term(kind, value))
                                .toList());
    }

    private static Query words(Condition.Text text) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new MatchAllDocsQuery(), Occur.FILTER);
        for (String word : text.words()) {
            Term prefix = new Term(SpanDocument.TERM, SpanDocument.term(SpanDocument.WORD, word));
            all.add(new PrefixQuery(prefix), Occur.FILTER);
        }
        return all.build();
    }

    private static Query during(TimeRange range) {
        return new BooleanQuery.Builder()
                .add(LongField.newRangeQuery(SpanDocument.START, Long.MIN_VALUE, range.toMicros()), Occur.FILTER)
                .add(range(SpanDocument.END, range.fromMicros(), Long.MAX_VALUE), Occur.FILTER)
                .build();
    }
}
