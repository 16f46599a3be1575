package io.tidemark.tests.robustness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Everything a Lucene index holds, unpacked: terms, stored fields, values of columns. */
final class IndexText {
    private IndexText() {}

    /** One text per term, stored field and value, deleted documents included. */
    static List<byte[]> of(Path folder) throws IOException {
        List<byte[]> texts = new ArrayList<>();
        try (Directory directory = FSDirectory.open(folder);
                DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                for (int document = 0; document < leaf.reader().maxDoc(); document++) {
                    for (IndexableField field : leaf.reader().storedFields().document(document)) {
                        add(texts, field.binaryValue(), field.stringValue());
                    }
                }
                for (FieldInfo field : leaf.reader().getFieldInfos()) {
                    addTerms(texts, leaf.reader().terms(field.name));
                    addColumn(texts, leaf.reader(), field);
                }
            }
        }
        return texts;
    }

    private static void addTerms(List<byte[]> texts, Terms terms) throws IOException {
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                add(texts, term, null);
            }
        }
    }

    private static void addColumn(List<byte[]> texts, LeafReader reader, FieldInfo field) throws IOException {
        switch (field.getDocValuesType()) {
            case BINARY -> {
                BinaryDocValues values = reader.getBinaryDocValues(field.name);
                while (values.nextDoc() != BinaryDocValues.NO_MORE_DOCS) {
                    add(texts, values.binaryValue(), null);
                }
            }
            case SORTED -> {
                SortedDocValues values = reader.getSortedDocValues(field.name);
                for (int i = 0; i < values.getValueCount(); i++) {
                    add(texts, values.lookupOrd(i), null);
                }
            }
            case SORTED_SET -> {
                SortedSetDocValues values = reader.getSortedSetDocValues(field.name);
                for (long i = 0; i < values.getValueCount(); i++) {
                    add(texts, values.lookupOrd(i), null);
                }
            }
            case NUMERIC, SORTED_NUMERIC, NONE -> {
                // numbers
            }
        }
    }

    private static void add(List<byte[]> texts, BytesRef bytes, String text) {
        if (bytes != null) {
            texts.add(Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length));
        }
        if (text != null) {
            texts.add(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
