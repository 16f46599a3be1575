package io.tidemark.query.lucene;

import io.tidemark.query.span.Micros;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanText;
import io.tidemark.query.span.Words;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.topic.Serdes;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * A span as a Lucene document. The span itself lies in {@link #SPAN} as its Avro bytes; everything else only finds it.
 * {@link #LAYOUT} changes whenever a field changes its meaning: an index of another layout is built anew.
 */
final class SpanDocument {
    static final String LAYOUT = "2";

    static final String SPAN = "span";
    /** Eight bytes of the span id: what an update replaces. */
    static final String ID = "id";
    /** Span id as a number whose signed order is that of the hex text. */
    static final String ID_ORDER = "idOrder";

    static final String START = "start";
    static final String END = "end";
    static final String ACCEPTED = "accepted";
    static final String SEQUENCE = "sequence";
    static final String CODE = "code";
    static final String PATH = "path";
    static final String WORD = "word";
    static final String USER_AGENT = "userAgent";
    /** Objects that exist as far as known carry this: retention leaves them. */
    static final String LIVING = "living";

    static final String OBJECT_NAME = "objectName";
    static final String OBJECT_NAME_GRAM = "objectNameGram";
    static final String OBJECT_GRAM = "objectGram";
    static final String OBJECT_WORD = "objectWord";

    private static final SpanField[] FIELDS = SpanField.values();
    private static final String[] NAMES =
            List.of(FIELDS).stream().map(SpanDocument::name).toArray(String[]::new);

    private SpanDocument() {}

    static Document of(Span span, long sequence) {
        Document document = new Document();
        SpanRef id = SpanRef.of(span.getSpanId());
        document.add(new BinaryDocValuesField(SPAN, new BytesRef(Serdes.AUDIT_SPAN.encode(span))));
        document.add(new StringField(ID, bytes(id), Store.NO));
        document.add(new NumericDocValuesField(ID_ORDER, order(id)));
        document.add(new LongField(START, Micros.of(span.getStartMicros()), Store.NO));
        document.add(new LongField(END, Micros.endOf(span.getEndMicros()), Store.NO));
        document.add(new LongPoint(ACCEPTED, Micros.of(span.getAcceptedMicros())));
        document.add(new LongField(SEQUENCE, sequence, Store.NO));
        for (int i = 0; i < FIELDS.length; i++) {
            addAll(document, NAMES[i], FIELDS[i].of(span));
        }
        addAll(document, WORD, SpanText.words(span));
        if (span.getDetail() instanceof RequestDetail request) {
            document.add(new IntPoint(CODE, request.getCode()));
            document.add(new StringField(USER_AGENT, request.getUserAgent().toLowerCase(Locale.ROOT), Store.NO));
            addAll(document, PATH, SpanText.changedPaths(span));
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

    /** Name of the index field that holds a span field. */
    static String name(SpanField field) {
        return "f." + field.name().toLowerCase(Locale.ROOT);
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

    private static void addAll(Document document, String field, Collection<String> values) {
        for (String value : values) {
            document.add(new StringField(field, value, Store.NO));
        }
    }
}
