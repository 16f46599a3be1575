package io.tidemark.query.lucene;

import io.tidemark.query.span.ObjectFilter;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.schema.audit.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;

/**
 * Finds objects by fragments of what names them. Each word must match somewhere, and how it matches gives its score,
 * whatever else is in the index (so that a page's cursor stays good while spans arrive):
 *
 * <pre>
 *   64 it is the name      16 it occurs in the name                                4 it is a word with a typo in it
 *   32 the name begins so   8 it occurs in kind, resource, namespace, uid, label   2 most of it, or its begin with a typo
 * </pre>
 */
final class ObjectQueries {
    private static final float IS_NAME = 64;
    private static final float BEGINS_NAME = 32;
    private static final float IN_NAME = 16;
    private static final float ANYWHERE = 8;
    private static final float TYPO = 4;
    private static final float MOSTLY = 2;

    private static final int GRAM = 3;
    private static final int LENGTH_FOR_TYPO = 4;
    private static final int LENGTH_FOR_TWO_TYPOS = 8;
    /** One typo spoils at most three of the grams of a word. */
    private static final int GRAMS_SPOILT = 3;

    private ObjectQueries() {}

    static Query of(ObjectFilter filter) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(SpanQueries.of(SpanFilter.ALL.and(SpanField.KIND, SpanKind.OBJECT.name())), Occur.FILTER);
        all.add(SpanQueries.of(filter.filter()), Occur.FILTER);
        if (!filter.namePrefix().isEmpty()) {
            String prefix = filter.namePrefix().toLowerCase(Locale.ROOT);
            all.add(new PrefixQuery(new Term(SpanDocument.OBJECT_NAME, prefix)), Occur.FILTER);
        }
        for (String word : words(filter)) {
            all.add(word(word), Occur.MUST);
        }
        return all.build();
    }

    static boolean scored(ObjectFilter filter) {
        return !words(filter).isEmpty();
    }

    private static List<String> words(ObjectFilter filter) {
        String text = filter.fragment().toLowerCase(Locale.ROOT).strip();
        return text.isEmpty() ? List.of() : List.of(text.split("[\\s/]+"));
    }

    private static Query word(String word) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        any.add(score(new TermQuery(new Term(SpanDocument.OBJECT_NAME, word)), IS_NAME), Occur.SHOULD);
        any.add(score(new PrefixQuery(new Term(SpanDocument.OBJECT_NAME, word)), BEGINS_NAME), Occur.SHOULD);
        if (word.length() < GRAM) {
            String inside = "*" + SpanQueries.literal(word) + "*";
            any.add(score(new WildcardQuery(new Term(SpanDocument.OBJECT_NAME, inside)), IN_NAME), Occur.SHOULD);
            any.add(score(new PrefixQuery(new Term(SpanDocument.OBJECT_WORD, word)), ANYWHERE), Occur.SHOULD);
            return any.build();
        }
        List<String> grams = new ArrayList<>();
        SpanDocument.grams(word, grams);
        any.add(score(grams(SpanDocument.OBJECT_NAME_GRAM, grams, grams.size()), IN_NAME), Occur.SHOULD);
        any.add(score(grams(SpanDocument.OBJECT_GRAM, grams, grams.size()), ANYWHERE), Occur.SHOULD);
        if (word.length() >= LENGTH_FOR_TYPO) {
            int edits = word.length() >= LENGTH_FOR_TWO_TYPOS ? 2 : 1;
            any.add(score(new FuzzyQuery(new Term(SpanDocument.OBJECT_WORD, word), edits), TYPO), Occur.SHOULD);
            any.add(score(beginsAlmost(word), MOSTLY), Occur.SHOULD);
        }
        int enough = grams.size() - GRAMS_SPOILT;
        if (enough >= GRAMS_SPOILT) {
            any.add(score(grams(SpanDocument.OBJECT_GRAM, grams, enough), MOSTLY), Occur.SHOULD);
        }
        return any.build();
    }

    /** Words that begin with the word but for one typo: {@code chek} finds {@code checkout}. The first letter is right. */
    private static Query beginsAlmost(String word) {
        Automaton almost = new LevenshteinAutomata(word.substring(1), true).toAutomaton(1, word.substring(0, 1));
        Automaton begins = Operations.determinize(
                Operations.concatenate(List.of(almost, Automata.makeAnyString())),
                Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
        return new AutomatonQuery(new Term(SpanDocument.OBJECT_WORD, word), begins);
    }

    private static Query grams(String field, List<String> grams, int enough) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        boolean all = enough == grams.size();
        for (String gram : grams) {
            query.add(new TermQuery(new Term(field, gram)), all ? Occur.FILTER : Occur.SHOULD);
        }
        return all ? query.build() : query.setMinimumNumberShouldMatch(enough).build();
    }

    private static Query score(Query query, float score) {
        return new BoostQuery(new ConstantScoreQuery(query), score);
    }
}
