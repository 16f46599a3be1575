package io.tidemark.tests.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.tests.oracle.ExpectedSpans.Item;
import io.tidemark.tests.oracle.ExpectedSpans.Link;
import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import io.tidemark.tests.oracle.ExpectedSpans.Occurrence;
import io.tidemark.tests.oracle.ExpectedSpans.Request;
import io.tidemark.tests.oracle.ExpectedSpans.RequestKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanSetCheckTest {
    private static final ObjectName POD = new ObjectName("", "pods", "shop", "pod");

    private static ExpectedSpans expected() {
        long received = ChronoUnit.MICROS.between(Instant.EPOCH, SpanSets.RECEIVED);
        RequestKey key = new RequestKey("a1", received, "create", "/api/v1/namespaces/shop/pods");
        return new ExpectedSpans(
                "shop",
                List.of(new Request(key, 201, POD, "uid-pod", Effect.CREATED, "7", "erin as alice", "")),
                List.of(new Item("a2", POD, "uid-pod", "7", Effect.DELETED)),
                Set.of(new Link("uid-pod", "uid-owner", true)),
                Set.of(new Occurrence("uid-event", 2, "Pod", "shop", "pod")),
                new TreeMap<>(),
                Map.of(POD, Set.of("uid-pod")));
    }

    @Test
    void findsNothingWrongWithTheExpectedSet() {
        assertEquals(List.of(), SpanSetCheck.differences(expected(), SpanSets.pod()));
    }

    @Test
    void countsOnlyTheLastVersionOfASpan() {
        List<Span> spans = new ArrayList<>(SpanSets.pod());
        Span early = SpanSets.request();
        SpanSets.set(detail(early, RequestDetail.class), "resourceVersion", "");
        spans.addFirst(early);
        assertEquals(List.of(), SpanSetCheck.differences(expected(), spans));
    }

    @Test
    void namesTheRequestThatIsMissing() {
        List<Span> spans = new ArrayList<>(SpanSets.pod());
        spans.remove(2);
        assertEquals(
                List.of(
                        "create a1 is missing: expected CREATED of core/pods/shop/pod",
                        "all requests counts by verb and code: expected {create 201=1}, is {}"),
                SpanSetCheck.differences(expected(), spans));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"mutations", "mutationsOfTheTree"})
    void noticesEachSingleChange(String name, int index, Consumer<Span> change) {
        List<Span> spans = new ArrayList<>(SpanSets.pod());
        change.accept(spans.get(index));
        assertFalse(SpanSetCheck.differences(expected(), spans).isEmpty(), name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void noticesEachSpanThatIsLost(int index) {
        List<Span> spans = new ArrayList<>(SpanSets.pod());
        spans.remove(index);
        assertFalse(SpanSetCheck.differences(expected(), spans).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void noticesEachSpanThatIsDoubledUnderAnotherId(int index) {
        List<Span> spans = new ArrayList<>(SpanSets.pod());
        Span copy = SpanSets.pod().get(index);
        SpanSets.set(copy, "spanId", SpanSets.id(99));
        spans.add(copy);
        assertFalse(SpanSetCheck.differences(expected(), spans).isEmpty());
    }

    @Test
    void noticesObjectsThatShareASpanId() {
        List<Span> spans = new ArrayList<>(SpanSets.pod());
        Span stranger = SpanSets.pod().get(4);
        SpanSets.set(stranger, "spanId", SpanSets.id(6));
        SpanSets.set(stranger.getObject(), "name", "stranger");
        spans.add(stranger);
        assertTrue(SpanSetCheck.differences(expected(), spans)
                .contains("core/pods/shop/stranger shares an object span id with core/pods/shop/pod"));
    }

    static Stream<Arguments> mutations() {
        return Stream.of(
                mutation("object of the request", 2, s -> SpanSets.set(s.getObject(), "name", "other")),
                mutation("incarnation of the request", 2, s -> SpanSets.set(s.getObject(), "uid", "uid-other")),
                mutation("received time", 2, s -> SpanSets.set(s, "startMicros", SpanSets.RECEIVED.plusMillis(1))),
                mutation("code", 2, s -> SpanSets.set(detail(s, RequestDetail.class), "code", 200)),
                mutation("effect", 2, s -> SpanSets.set(detail(s, RequestDetail.class), "effect", Effect.NO_CHANGE)),
                mutation("version", 2, s -> SpanSets.set(detail(s, RequestDetail.class), "resourceVersion", "8")),
                mutation("caller", 2, s -> SpanSets.set(detail(s, RequestDetail.class), "user", "mallory")),
                mutation("impersonated", 2, s -> SpanSets.set(detail(s, RequestDetail.class), "impersonated", "")),
                mutation("parent", 2, s -> SpanSets.set(s, "parentSpanId", SpanSets.id(2))),
                mutation("orphan", 2, s -> {
                    SpanSets.set(s, "objectSpanId", SpanSets.id(77));
                    SpanSets.set(s, "parentSpanId", SpanSets.id(77));
                }),
                mutation("object span id of another object", 4, s -> {
                    SpanSets.set(s.getObject(), "name", "stranger");
                    SpanSets.set(s.getObject(), "uid", "uid-pod");
                }),
                mutation("withdrawn", 2, s -> SpanSets.set(s, "withdrawn", true)),
                mutation("item effect", 3, s -> SpanSets.set(detail(s, ItemDetail.class), "effect", Effect.NO_CHANGE)),
                mutation("item uid", 3, s -> SpanSets.set(s.getObject(), "uid", "uid-other")),
                mutation("event count", 4, s -> SpanSets.set(detail(s, EventDetail.class), "count", 1)),
                mutation("event subject", 4, s -> SpanSets.set(s.getObject(), "kind", "Node")),
                mutation(
                        "owner",
                        1,
                        s -> SpanSets.set(
                                detail(s, ObjectDetail.class).getOwners().getFirst(), "uid", "uid-else")),
                mutation(
                        "controller",
                        1,
                        s -> SpanSets.set(
                                detail(s, ObjectDetail.class).getOwners().getFirst(), "controller", false)));
    }

    static Stream<Arguments> mutationsOfTheTree() {
        return Stream.of(
                mutation("time outside the object's life", 1, s -> {
                    SpanSets.set(s, "startMicros", SpanSets.RECEIVED.plusMillis(1));
                }),
                mutation("creation by another's request", 1, s -> {
                    SpanSets.set(detail(s, ObjectDetail.class), "createdBySpanId", SpanSets.id(2));
                }),
                mutation("previous incarnation that is another object", 1, s -> {
                    SpanSets.set(detail(s, ObjectDetail.class), "previousSpanId", SpanSets.id(2));
                }),
                mutation("circle of owners", 1, s -> {
                    SpanSets.set(detail(s, ObjectDetail.class).getOwners().getFirst(), "spanId", SpanSets.id(1));
                }));
    }

    private static Arguments mutation(String name, int index, Consumer<Span> change) {
        return Arguments.of(name, index, change);
    }

    private static <T> T detail(Span span, Class<T> type) {
        return type.cast(span.getDetail());
    }
}
