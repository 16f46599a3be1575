package io.tidemark.query.lucene;

import io.tidemark.query.span.EncodedSpan;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanText;
import io.tidemark.query.span.Words;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * A span as a Lucene document. The span itself lies in {@link #SPAN} as the record it came as; everything else only finds it.
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

    private static final SpanField[] FIELDS = SpanField.values();

    private SpanDocument() {}

    static Document of(EncodedSpan encoded, long sequence) {
        Span span = encoded.span();
        Document document = new Document();
        SpanRef id = SpanRef.of(span.getSpanId());
        document.add(new BinaryDocValuesField(SPAN, new BytesRef(encoded.record())));
        document.add(new StringField(ID, bytes(id), Store.NO));
        document.add(new NumericDocValuesField(ID_ORDER, order(id)));
        document.add(new LongField(START, Micros.of(span.getStartMicros()), Store.NO));
        document.add(NumericDocValuesField.indexedField(END, Micros.endOf(span.getEndMicros())));
        document.add(NumericDocValuesField.indexedField(ACCEPTED, Micros.of(span.getAcceptedMicros())));
        document.add(NumericDocValuesField.indexedField(SEQUENCE, sequence));
        for (SpanField field : FIELDS) {
            addTerms(document, kind(field), field.of(span));
        }
        addTerms(document, WORD, SpanText.words(span));
        if (span.getDetail() instanceof RequestDetail request) {
            document.add(NumericDocValuesField.indexedField(CODE, request.getCode()));
            document.add(new StringField(USER_AGENT, request.getUserAgent().toLowerCase(Locale.ROOT), Store.NO));
            addTerms(document, PATH, SpanText.changedPaths(span));
        } else if (span.getDetail() instanceof ObjectDetail life) {
            addObject(document, span, life);
        }
        return document;
    }

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
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        byte[] term = new byte[1 + utf8.length];
        term[0] = (byte) kind;
        System.arraycopy(utf8, 0, term, 1, utf8.length);
        return new BytesRef(term);
    }

    /** Three letters in a row, every one of them; nothing for shorter texts. */
    static void grams(String text, Collection<String> into) {
        for (int i = 0; i + 3 <= text.length(); i++) {
            into.add(text.substring(i, i + 3));
        }
    }

    private static void addObject(Document document, Span span, ObjectDetail life) {
        ObjectIdentity object = span.getObject();
        String name = object.getName().toLowerCase(Locale.ROOT);
        document.add(new StringField(OBJECT_NAME, name, Store.NO));
        if (span.getEndMicros() == null) {
            document.add(new StringField(LIVING, "", Store.NO));
        }
        Set<String> grams = new HashSet<>();
        grams(name, grams);
        addAll(document, OBJECT_NAME_GRAM, grams);
        Set<String> texts =
                new HashSet<>(List.of(object.getName(), object.getKind(), object.getResource(), object.getNamespace()));
        life.getLabels().forEach((key, value) -> {
            texts.add(key);
            texts.add(value);
            texts.add(key + "=" + value);
        });
        texts.add(object.getUid());
        for (String text : texts) {
            grams(text.toLowerCase(Locale.ROOT), grams);
        }
        addAll(document, OBJECT_GRAM, grams);
        texts.remove(object.getUid());
        Set<String> words = new HashSet<>();
        for (String text : texts) {
            words.addAll(Words.asked(text));
        }
        addAll(document, OBJECT_WORD, words);
    }

    private static void addTerms(Document document, int kind, Collection<String> values) {
        for (String value : values) {
            document.add(new StringField(TERM, term(kind, value), Store.NO));
        }
    }

    private static void addAll(Document document, String field, Collection<String> values) {
        for (String value : values) {
            document.add(new StringField(field, value, Store.NO));
        }
    }
}
