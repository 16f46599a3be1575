package io.tidemark.query.lucene;

import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanSearchContract;
import io.tidemark.schema.audit.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LuceneSpanSearchTest extends SpanSearchContract {
    LuceneSpanSearchTest() {
        super(new LuceneEngine());
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
}
