package io.tidemark.query.lucene;

import java.util.Collection;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.UnicodeUtil;

/**
 * All terms that a document has in one field. One field with many terms costs less than as many fields, and the terms lie
 * one behind the other in one array that is used again for the next document. Confined to one thread.
 */
final class TermStream extends TokenStream {
    private static final FieldType LITERAL = new FieldType();

    static {
        LITERAL.setTokenized(true); // or it could have no stream
        LITERAL.setOmitNorms(true);
        LITERAL.setIndexOptions(IndexOptions.DOCS);
        LITERAL.freeze();
    }

    private final BytesTermAttribute attribute = addAttribute(BytesTermAttribute.class);
    private final Field field;
    private final BytesRef current = new BytesRef();
    private byte[] bytes = new byte[4_096];
    private int[] ends = new int[128];
    private int size;
    private int next;

    TermStream(String name) {
        this.field = new Field(name, this, LITERAL);
    }

    /** The field, to be added to the document before the next one is begun. */
    Field field() {
        return field;
    }

    /** Forgets the terms of the document before. */
    void begin() {
        size = 0;
    }

    void addAll(Collection<String> values) {
        for (String value : values) {
            add(value, used());
        }
    }

    /** Adds the terms of {@link SpanDocument#term}. */
    void addAll(int kind, Collection<String> values) {
        for (String value : values) {
            int begin = used();
            bytes = ArrayUtil.grow(bytes, begin + 1);
            bytes[begin] = (byte) kind;
            add(value, begin + 1);
        }
    }

    private void add(String value, int at) {
        bytes = ArrayUtil.grow(bytes, at + UnicodeUtil.maxUTF8Length(value.length()));
        ends = ArrayUtil.grow(ends, size + 1);
        ends[size++] = UnicodeUtil.UTF16toUTF8(value, 0, value.length(), bytes, at);
    }

    private int used() {
        return size == 0 ? 0 : ends[size - 1];
    }

    @Override
    public boolean incrementToken() {
        if (next == size) {
            return false;
        }
        clearAttributes();
        current.bytes = bytes;
        current.offset = next == 0 ? 0 : ends[next - 1];
        current.length = ends[next++] - current.offset;
        attribute.setBytesRef(current);
        return true;
    }

    @Override
    public void reset() {
        next = 0;
    }
}
