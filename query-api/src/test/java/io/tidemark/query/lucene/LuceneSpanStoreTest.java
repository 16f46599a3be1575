package io.tidemark.query.lucene;

import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.ref;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.SpanStoreContract;
import io.tidemark.schema.audit.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneSpanStoreTest extends SpanStoreContract {
    @TempDir
    Path folder;

    @Override
    protected SpanStore open() {
        return LuceneSpanStore.open(folder.resolve("index"), 4, InstantSource.system());
    }

    @Override
    protected void crash(SpanStore crashed) {
        // what a killed process leaves behind: the files of the last commit, its lock gone with it
        ((LuceneSpanStore) crashed).abandon();
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
        LuceneSpanStore reopened = (LuceneSpanStore) open();
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
        store = open();
        assertThat(store.count(SpanFilter.ALL)).isZero();
        assertThat(store.positions()).isEqualTo(LogPositions.NONE);
    }

    @Test
    void pagesThroughMoreSpansThanAreCounted() {
        int many = 2 * SpanSearch.COUNTED;
        List<Span> spans = new ArrayList<>(many);
        for (int i = 0; i < many; i++) {
            // dense at first, then a long quiet time, then sparse
            spans.add(request("r" + i, deployment("web"), i < many / 2 ? i * 0.001 : 100_000 + i * 10.0, r -> {}));
        }
        show(spans.toArray(Span[]::new));
        for (PageRequest first : List.of(PageRequest.newest(1_500), PageRequest.oldest(1_500))) {
            List<Instant> starts = new ArrayList<>();
            Page<Span> page = store.search(SpanFilter.ALL, first);
            assertThat(page.totalIsLowerBound()).isTrue();
            page.items().forEach(span -> starts.add(span.getStartMicros()));
            while (page.next().isPresent()) {
                page = store.search(SpanFilter.ALL, first.after(page.next().get()));
                page.items().forEach(span -> starts.add(span.getStartMicros()));
            }
            boolean newest = first.order() == PageRequest.Order.NEWEST_FIRST;
            assertThat(starts).hasSize(many).doesNotHaveDuplicates();
            assertThat(starts).isSortedAccordingTo(newest ? Comparator.reverseOrder() : Comparator.naturalOrder());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("index"))) {
            return files.filter(file -> !file.getFileName().toString().equals("write.lock"))
                    .toList();
        }
    }
}
