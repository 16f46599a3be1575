package io.tidemark.query.trace;

import static io.tidemark.query.span.SpanBuilders.at;
import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.event;
import static io.tidemark.query.span.SpanBuilders.object;
import static io.tidemark.query.span.SpanBuilders.ownedBy;
import static io.tidemark.query.span.SpanBuilders.pod;
import static io.tidemark.query.span.SpanBuilders.replicaSet;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.lucene.LuceneSpanStore;
import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.query.span.SpanSamples;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.span.TimeRange;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.Span;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final ObjectName WEB = new ObjectName("shop", "apps", "deployments", "shop", "web");

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

    private void show(List<Span> spans) {
        store.apply(SpanBatch.of(spans, LogPositions.NONE));
        store.refresh();
    }

    private Trace trace(ObjectName name, View view, int objects, int spans) {
        TraceQuestion question = new TraceQuestion(name, "", TimeRange.ALL, 3, view);
        return new Traces(store, new TraceLimits(objects, spans))
                .trace(question)
                .orElseThrow();
    }

    private static void encloses(TraceNode node) {
        for (TraceNode child : node.children()) {
            assertThat(node.start()).isBeforeOrEqualTo(child.start());
            if (node.end() != null) {
                assertThat(child.end()).isNotNull().isBeforeOrEqualTo(node.end());
            }
            encloses(child);
        }
    }

    private static List<String> names(List<TraceNode> nodes) {
        return nodes.stream()
                .map(node -> node.relation() + " " + node.span().getObject().getName())
                .toList();
    }

    private static Optional<TraceNode> self(TraceNode node) {
        return node.relation() == Relation.SELF
                ? Optional.of(node)
                : node.children().stream()
                        .flatMap(child -> self(child).stream())
                        .findFirst();
    }

    @Test
    void objectsEncloseEverythingUnderThemInEveryView() {
        List<Span> spans = new ArrayList<>(SpanSamples.all());
        spans.add(request("early", deployment("web"), 0.5, r -> {}));
        spans.add(event("killed", pod("web-1-a"), 35, "Killing", "after the end of the pod"));
        show(spans);
        for (View view : View.values()) {
            encloses(trace(WEB, view, 50, 500).root());
        }
    }

    @Test
    void timelineIsFlatAndTracingHasOneRowAnObject() {
        show(SpanSamples.all());
        Trace timeline = trace(WEB, View.TIMELINE, 50, 500);
        assertThat(names(timeline.root().children())).contains("OWNED web-1", "REQUEST web", "EVENT web-1-b");
        Trace tracing = trace(WEB, View.TRACING, 50, 500);
        assertThat(names(tracing.root().children())).containsExactly("OWNED web-1");
        assertThat(tracing.root().logs()).hasSize(3);
        Trace grouped = trace(new ObjectName("shop", "", "pods", "shop", "web-1-b"), View.GROUPED, 50, 500);
        TraceNode pod = self(grouped.root()).orElseThrow();
        assertThat(pod.logs()).hasSize(1);
        assertThat(names(pod.children())).containsExactly("REQUEST web-1-b");
    }

    @Test
    void whatIsBeyondTheLimitsIsCounted() {
        List<Span> spans = new ArrayList<>(List.of(object(deployment("web"), 0, s -> {})));
        for (int i = 0; i < 40; i++) {
            spans.add(ownedBy(object(replicaSet("web-" + i), i, s -> {}), deployment("web")));
            spans.add(request("r" + i, deployment("web"), i, r -> {}));
        }
        show(spans);
        Trace all = trace(WEB, View.TREE, 500, 500);
        assertThat(all.objectCount()).isEqualTo(41);
        assertThat(all.spanCount()).isEqualTo(81);
        assertThat(all.objectsOmitted() + all.spansOmitted()).isZero();
        Trace some = trace(WEB, View.TREE, 11, 15);
        assertThat(some.objectCount()).isEqualTo(11);
        assertThat(some.objectsOmitted()).isEqualTo(30);
        assertThat(some.spansOmitted()).isEqualTo(25);
    }

    @Test
    void ownerCreatedAgainUnderTheSameNameIsNotTakenForTheOldOne() {
        ObjectIdentity again = ObjectIdentity.newBuilder(deployment("web"))
                .setUid("uid-web-again")
                .build();
        show(List.of(
                object(deployment("web"), 0, s -> s.setEndMicros(at(10))),
                object(again, 20, s -> {}),
                ownedBy(object(replicaSet("web-1"), 1, s -> {}), deployment("web")),
                request("old", deployment("web"), 5, r -> {}),
                request("new", again, 25, r -> {})));
        Trace newest = trace(WEB, View.TREE, 50, 500);
        assertThat(newest.object().getObject().getUid()).isEqualTo("uid-web-again");
        assertThat(newest.incarnations()).hasSize(2);
        assertThat(names(newest.root().children())).containsExactly("REQUEST web");
        TraceQuestion old = new TraceQuestion(WEB, "uid-web", TimeRange.ALL, 3, View.TREE);
        assertThat(names(new Traces(store, new TraceLimits(50, 50))
                        .trace(old)
                        .orElseThrow()
                        .root()
                        .children()))
                .containsExactly("OWNED web-1", "REQUEST web");
    }

    @Test
    void circleOfOwnersEnds() {
        show(List.of(
                ownedBy(object(deployment("web"), 0, s -> {}), replicaSet("web-1")),
                ownedBy(object(replicaSet("web-1"), 1, s -> {}), deployment("web"))));
        assertThat(trace(WEB, View.TREE, 50, 500).objectCount()).isEqualTo(2);
    }

    @Test
    void requestsOnTheNameAloneGoToTheIncarnationOfTheirTime() {
        ObjectIdentity nameOnly =
                ObjectIdentity.newBuilder(deployment("web")).setUid("").build();
        Span stranger = object(nameOnly, 3, s -> {});
        show(List.of(
                object(deployment("web"), 0, s -> s.setEndMicros(at(10))),
                Span.newBuilder(stranger).build(),
                request("refused", nameOnly, 5, r -> r.setCode(403)),
                request("muchlater", nameOnly, 500, r -> r.setCode(404))));
        Trace trace = trace(WEB, View.TREE, 50, 500);
        assertThat(trace.incarnations()).hasSize(1);
        assertThat(trace.root().children())
                .extracting(node -> node.span().getStartMicros())
                .containsExactly(at(5));
    }
}
