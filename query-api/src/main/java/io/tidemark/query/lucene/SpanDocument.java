package io.tidemark.query.lucene;

import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanRef;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * What a span looks like as a Lucene document, made by {@link SpanDocuments}. The span itself lies in {@link #SPAN} as
 * the record it came as; everything else only finds it.
 * {@link #LAYOUT} changes whenever a field changes its meaning: an index of another layout is built anew.
 */
final class SpanDocument {
    static final String LAYOUT = "3";

    static final String SPAN = "span";
    /** Eight bytes of the span id: what an update replaces. */
    static final String ID = "id";
    /** Span id as a number whose signed order is that of the hex text. */
    static final String ID_ORDER = "idOrder";

    static final String START = "start";
    /** This and the numbers below have a skip index instead of a tree of points, which would be built and merged anew. */
    static final String END = "end";

    static final String ACCEPTED = "accepted";
    static final String SEQUENCE = "sequence";
    static final String CODE = "code";
    /** Everything a span is found by literally, all in one field: what it is, then its value, see {@link #term}. */
    static final String TERM = "term";

    /** Changed path and word: kinds of terms beside those of {@link SpanField}. */
    static final int PATH = 'p';

    static final int WORD = 'w';
    static final String USER_AGENT = "userAgent";
    /** Objects that exist as far as known carry this: retention leaves them. */
    static final String LIVING = "living";

    static final String OBJECT_NAME = "objectName";
    static final String OBJECT_NAME_GRAM = "objectNameGram";
    static final String OBJECT_GRAM = "objectGram";
    static final String OBJECT_WORD = "objectWord";

    private SpanDocument() {}

    static Term term(SpanRef id) {
        return new Term(ID, bytes(id));
    }

    static BytesRef bytes(SpanRef id) {
        return new BytesRef(ByteBuffer.allocate(Long.BYTES).putLong(id.value()).array());
    }

    static long order(SpanRef id) {
        return id.value() ^ Long.MIN_VALUE;
    }

    static SpanRef fromOrder(long order) {
        return new SpanRef(order ^ Long.MIN_VALUE);
    }

    /** The kind of the terms that hold a span field; part of the layout. */
    static int kind(SpanField field) {
        return switch (field) {
            case KIND -> 'K';
            case OBJECT -> 'o';
            case OWNER -> 'O';
            case CLUSTER -> 'C';
            case GROUP -> 'G';
            case RESOURCE -> 'R';
            case NAMESPACE -> 'N';
            case NAME -> 'n';
            case UID -> 'I';
            case SUBJECT -> 'S';
            case MENTION -> 'M';
            case USER -> 'U';
            case VERB -> 'V';
            case REASON -> 'r';
            case EFFECT -> 'E';
            case EVENT_TYPE -> 'T';
            case AUDIT_ID -> 'A';
            case DOUBT -> 'D';
        };
    }

    /**
     * The term of a value: one byte for its kind, then the value in UTF-8. Example: verb {@code get} is {@code "Vget"}.
     * One field for all of them costs half of what a field for each does.
     */
    static BytesRef term(int kind, String value) {
        byte[] term = new byte[1 + UnicodeUtil.maxUTF8Length(value.length())];
        term[0] = (byte) kind;
        return new BytesRef(term, 0, UnicodeUtil.UTF16toUTF8(value, 0, value.length(), term, 1));
    }

    /** Three letters in a row, every one of them; nothing for shorter texts. */
    static void grams(String text, Collection<String> into) {
        for (int i = 0; i + 3 <= text.length(); i++) {
            into.add(text.substring(i, i + 3));
        }
    }
}
