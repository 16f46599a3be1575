package io.tidemark.query.lucene;

import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.ref;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LuceneSpanStoreTest extends SpanStoreContract {
    LuceneSpanStoreTest() {
        super(new LuceneEngine());
    }

    @Test
    void damagedIndexIsDeletedAndToldAndBeginsAnew() throws IOException {
        show(request("a", deployment("web"), 1, r -> {}));
        store.close();
        for (Path file : files()) {
            if (file.getFileName().toString().startsWith("_")) {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            }
        }
        LuceneSpanStore reopened = LuceneEngine.lucene(folder);
        store = reopened;
        assertThat(reopened.rebuilt()).isPresent();
        assertThat(store.positions()).isEqualTo(LogPositions.NONE);
        show(request("a", deployment("web"), 1, r -> {}));
        assertThat(store.span(ref("a"))).isPresent();
    }

    @Test
    void indexWithoutItsCommitFileIsBegunAnew() throws IOException {
        show(request("a", deployment("web"), 1, r -> {}));
        store.close();
        for (Path file : files()) {
            if (file.getFileName().toString().startsWith("segments")) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }
        store = LuceneEngine.lucene(folder);
        assertThat(store.count(SpanFilter.ALL)).isZero();
        assertThat(store.positions()).isEqualTo(LogPositions.NONE);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().equals("write.lock"))
                    .toList();
        }
    }
}
