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
import org.apache.lucene.util.BytesRef;

/** Makes the documents of spans, one after the other: a document is good until the next one is made. */
final class SpanDocuments {
    private static final SpanField[] FIELDS = SpanField.values();

    private final TermStream terms = new TermStream(SpanDocument.TERM);
    private final TermStream nameGrams = new TermStream(SpanDocument.OBJECT_NAME_GRAM);
    private final TermStream objectGrams = new TermStream(SpanDocument.OBJECT_GRAM);
    private final TermStream objectWords = new TermStream(SpanDocument.OBJECT_WORD);

    Document of(EncodedSpan encoded, long sequence) {
        Span span = encoded.span();
        Document document = new Document();
        SpanRef id = SpanRef.of(span.getSpanId());
        document.add(new BinaryDocValuesField(SpanDocument.SPAN, new BytesRef(encoded.record())));
        document.add(new StringField(SpanDocument.ID, SpanDocument.bytes(id), Store.NO));
        document.add(new NumericDocValuesField(SpanDocument.ID_ORDER, SpanDocument.order(id)));
        document.add(new LongField(SpanDocument.START, Micros.of(span.getStartMicros()), Store.NO));
        document.add(number(SpanDocument.END, Micros.endOf(span.getEndMicros())));
        document.add(number(SpanDocument.ACCEPTED, Micros.of(span.getAcceptedMicros())));
        document.add(number(SpanDocument.SEQUENCE, sequence));
        terms.begin();
        for (SpanField field : FIELDS) {
            terms.addAll(SpanDocument.kind(field), field.of(span));
        }
        terms.addAll(SpanDocument.WORD, SpanText.words(span));
        if (span.getDetail() instanceof RequestDetail request) {
            String agent = request.getUserAgent().toLowerCase(Locale.ROOT);
            document.add(number(SpanDocument.CODE, request.getCode()));
            document.add(new StringField(SpanDocument.USER_AGENT, agent, Store.NO));
            terms.addAll(SpanDocument.PATH, SpanText.changedPaths(span));
        } else if (span.getDetail() instanceof ObjectDetail life) {
            addObject(document, span, life);
        }
        document.add(terms.field());
        return document;
    }

    private static NumericDocValuesField number(String field, long value) {
        return NumericDocValuesField.indexedField(field, value);
    }

    private void addObject(Document document, Span span, ObjectDetail life) {
        ObjectIdentity object = span.getObject();
        String name = object.getName().toLowerCase(Locale.ROOT);
        document.add(new StringField(SpanDocument.OBJECT_NAME, name, Store.NO));
        if (span.getEndMicros() == null) {
            document.add(new StringField(SpanDocument.LIVING, "", Store.NO));
        }
        Set<String> grams = new HashSet<>();
        SpanDocument.grams(name, grams);
        add(document, nameGrams, grams);
        Set<String> texts =
                new HashSet<>(List.of(object.getName(), object.getKind(), object.getResource(), object.getNamespace()));
        life.getLabels().forEach((key, value) -> {
            texts.add(key);
            texts.add(value);
            texts.add(key + "=" + value);
        });
        texts.add(object.getUid());
        for (String text : texts) {
            SpanDocument.grams(text.toLowerCase(Locale.ROOT), grams);
        }
        add(document, objectGrams, grams);
        texts.remove(object.getUid());
        Set<String> words = new HashSet<>();
        for (String text : texts) {
            words.addAll(Words.asked(text));
        }
        add(document, objectWords, words);
    }

    private static void add(Document document, TermStream stream, Set<String> values) {
        stream.begin();
        stream.addAll(values);
        document.add(stream.field());
    }
}
