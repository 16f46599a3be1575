package io.tidemark.query.span;

import io.tidemark.schema.audit.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One store of an engine per test, fed as the projector feeds it. */
public abstract class SpanStoreFixture {
    private final SpanStoreEngine engine;

    @TempDir
    protected Path folder;

    protected SpanStore store = null;
    private long offset;

    SpanStoreFixture(SpanStoreEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void openStore() {
        store = engine.open(folder);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** Kills the store and opens what it left. */
    void crash() {
        engine.crash(store);
        store = engine.open(folder);
    }

    protected void put(Span... spans) {
        offset += spans.length;
        store.apply(SpanBatch.of(List.of(spans), LogPositions.of(Map.of(0, offset))));
    }

    protected void show(Span... spans) {
        put(spans);
        store.refresh();
    }

    protected List<SpanRef> found(SpanFilter filter) {
        return refs(store.search(filter, PageRequest.oldest(100)));
    }

    protected static List<SpanRef> refs(Page<Span> page) {
        return page.items().stream().map(span -> SpanRef.of(span.getSpanId())).toList();
    }
}
