package io.tidemark.query.span;

import static io.tidemark.query.span.SpanBuilders.at;
import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.event;
import static io.tidemark.query.span.SpanBuilders.late;
import static io.tidemark.query.span.SpanBuilders.object;
import static io.tidemark.query.span.SpanBuilders.pod;
import static io.tidemark.query.span.SpanBuilders.ref;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.Span;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every engine of the span store keeps, replaces, forgets and tells as new. */
public abstract class SpanStoreContract extends SpanStoreFixture {
    protected SpanStoreContract(SpanStoreEngine engine) {
        super(engine);
    }

    @Test
    void findsSpanByIdOnlyAfterRefresh() {
        Span span = request("a", deployment("web"), 1, r -> {});
        put(span);
        assertThat(store.span(ref("a"))).isEmpty();
        store.refresh();
        assertThat(store.span(ref("a"))).contains(span);
        assertThat(store.span(ref("b"))).isEmpty();
    }

    @Test
    void replacesSpanWithTheSameId() {
        show(request("a", deployment("web"), 1, r -> r.setCode(0)));
        show(request("a", deployment("web"), 1, r -> r.setCode(409)));
        assertThat(store.count(SpanFilter.ALL)).isEqualTo(1);
        assertThat(found(SpanFilter.ALL.and(new Condition.CodeBetween(409, 409))))
                .containsExactly(ref("a"));
        assertThat(found(SpanFilter.ALL.and(new Condition.CodeBetween(0, 0)))).isEmpty();
    }

    @Test
    void withdrawnSpanIsGone() {
        Span seeming = request("a", deployment("web"), 1, r -> {});
        show(seeming, Span.newBuilder(seeming).setWithdrawn(true).build());

        assertThat(store.span(SpanRef.of(seeming.getSpanId()))).isEmpty();
    }

    @Test
    void lateSpanNeverReplacesOneThatIsNotLate() {
        Span full = request("a", deployment("web"), 1, r -> r.setUser("alice"));
        Span poor = late(request("a", deployment("web"), 1, r -> r.setUser("unknown")));
        show(full);
        show(poor);
        assertThat(store.span(ref("a"))).contains(full);
        Span fullB = request("b", deployment("web"), 1, r -> {});
        Span poorB = late(request("b", deployment("web"), 1, r -> r.setCode(0)));
        put(fullB);
        show(poorB, late(request("c", deployment("web"), 1, r -> {})));
        assertThat(store.span(ref("b"))).contains(fullB);
        assertThat(store.span(ref("c"))).isPresent();
        show(
                late(request("d", deployment("web"), 1, r -> {})),
                request("d", deployment("web"), 1, r -> r.setCode(201)));
        assertThat(store.span(ref("d")).map(Span::getLate)).contains(false);
    }

    @Test
    void positionsComeBackWithTheCommitAndNotWithoutIt() {
        put(request("a", deployment("web"), 1, r -> {}));
        store.commit();
        put(request("b", deployment("web"), 2, r -> {}));
        assertThat(store.positions()).isEqualTo(LogPositions.of(Map.of(0, 2L)));
        crash();
        assertThat(store.positions()).isEqualTo(LogPositions.of(Map.of(0, 1L)));
        assertThat(store.span(ref("a"))).isPresent();
        assertThat(store.span(ref("b"))).isEmpty();
    }

    @Test
    void readingTheLogAgainAfterCrashGivesTheSameContent() {
        Span a = request("a", deployment("web"), 1, r -> {});
        Span b = request("b", deployment("web"), 2, r -> {});
        Span refined = request("a", deployment("web"), 1, r -> r.setCode(201));
        show(a, b, refined);
        String undisturbed = SpanDump.of(store).text();
        store.clear();
        put(a);
        store.commit();
        put(b);
        crash();
        show(b, refined);
        show(a, b, refined);
        assertThat(SpanDump.of(store).text()).isEqualTo(undisturbed);
    }

    @Test
    void rollbackGoesBackToTheLastCommit() {
        put(request("a", deployment("web"), 1, r -> {}));
        store.commit();
        show(request("b", deployment("web"), 2, r -> {}));
        store.rollback();
        assertThat(store.positions()).isEqualTo(LogPositions.of(Map.of(0, 1L)));
        assertThat(store.count(SpanFilter.ALL)).isEqualTo(1);
    }

    @Test
    void clearForgetsSpansAndPositions() {
        show(request("a", deployment("web"), 1, r -> {}));
        store.commit();
        store.clear();
        assertThat(store.count(SpanFilter.ALL)).isZero();
        assertThat(store.positions()).isEqualTo(LogPositions.NONE);
    }

    @Test
    void tellsChangesInOrderOfArrivalAndNeverLosesOneOverCrash() {
        long start = store.sequence();
        show(request("a", deployment("web"), 9, r -> {}), request("b", deployment("web"), 1, r -> {}));
        Changes first = store.changesSince(start, SpanFilter.ALL, 1);
        assertThat(first.spans())
                .extracting(n -> SpanRef.of(n.span().getSpanId()))
                .containsExactly(ref("a"));
        assertThat(first.remaining()).isEqualTo(1);
        Changes second = store.changesSince(first.upTo(), SpanFilter.ALL, 10);
        assertThat(second.spans())
                .extracting(n -> SpanRef.of(n.span().getSpanId()))
                .containsExactly(ref("b"));
        assertThat(store.changesSince(second.upTo(), SpanFilter.ALL, 10).spans())
                .isEmpty();
        long seen = second.upTo();
        crash();
        show(request("a", deployment("web"), 9, r -> {}), request("b", deployment("web"), 1, r -> {}));
        assertThat(store.changesSince(seen, SpanFilter.ALL, 10).spans()).hasSize(2);
    }

    @Test
    void coverageCountsByCluster() {
        assertThat(store.clusters()).isEmpty();
        assertThat(store.coverage()).isEqualTo(new Coverage(0, 0, Optional.empty(), Optional.empty()));
        show(
                object(deployment("web"), -5_000, s -> {}),
                request("a", deployment("web"), 1, r -> {}),
                event("e", deployment("web"), 7, "Scaled", "up"));
        assertThat(store.clusters()).containsExactly("shop");
        assertThat(store.coverage("shop")).isEqualTo(new Coverage(3, 1, Optional.of(at(1)), Optional.of(at(7))));
        assertThat(store.coverage("other").spans()).isZero();
        assertThat(store.newestAccepted()).contains(at(8));
    }

    @Test
    void retentionKeepsObjectsThatStillExist() {
        put(
                object(deployment("web"), 1, s -> {}),
                object(pod("gone"), 1, s -> s.setEndMicros(at(2))),
                request("old", deployment("web"), 1, r -> {}),
                request("new", deployment("web"), 100, r -> {}));
        store.refresh();
        assertThat(store.deleteAcceptedBefore(at(50))).isEqualTo(2);
        store.refresh();
        assertThat(found(SpanFilter.ALL)).containsExactly(ref("uid-web"), ref("new"));
        assertThat(store.deleteOldest(1)).isEqualTo(1);
        store.refresh();
        assertThat(found(SpanFilter.ALL)).containsExactly(ref("uid-web"));
        assertThat(store.sizeBytes()).isPositive();
    }
}
