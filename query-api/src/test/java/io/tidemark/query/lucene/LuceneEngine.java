package io.tidemark.query.lucene;

import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.SpanStoreEngine;
import java.nio.file.Path;
import java.time.InstantSource;

final class LuceneEngine implements SpanStoreEngine {
    @Override
    public SpanStore open(Path folder) {
        return lucene(folder);
    }

    @Override
    public void crash(SpanStore store) {
        // what a killed process leaves behind: the files of the last commit, its lock gone with it
        ((LuceneSpanStore) store).abandon();
    }

    static LuceneSpanStore lucene(Path folder) {
        return LuceneSpanStore.open(folder, 4, InstantSource.system());
    }
}
