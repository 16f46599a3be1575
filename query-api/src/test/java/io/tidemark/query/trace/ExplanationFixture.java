package io.tidemark.query.trace;

import static io.tidemark.query.span.SpanBuilders.object;

import io.tidemark.query.lucene.LuceneSpanStore;
import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.TimeRange;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.Span;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of a few spans, and what a trace says of them. */
abstract class ExplanationFixture {
    @TempDir
    Path folder;

    private SpanStore store = null;

    @BeforeEach
    void open() {
        store = LuceneSpanStore.open(folder, 4, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    Explanation explain(ObjectIdentity object, Span... spans) {
        store.apply(SpanBatch.of(List.of(spans), LogPositions.NONE));
        store.refresh();
        ObjectName name = new ObjectName(
                "shop", object.getGroup(), object.getResource(), object.getNamespace(), object.getName());
        TraceQuestion question = new TraceQuestion(name, "", TimeRange.ALL, 3, View.TREE);
        return new Traces(store, new TraceLimits(50, 500))
                .trace(question)
                .orElseThrow()
                .explanation();
    }
}
