package io.tidemark.audit.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same events, in whatever order and however often, lead to the same spans. */
class ArrivalOrderTest {
    private static List<AuditEvent> events = List.of();
    private static Map<String, Span> undisturbed = Map.of();

    @BeforeAll
    static void readRecording() {
        events = Recording.shop();
        undisturbed = SpanSet.of(events).spans();
    }

    @Test
    void givesTheSameSpansWhenFedTwice() {
        List<AuditEvent> twice = new ArrayList<>(events);
        twice.addAll(events);

        assertSame(SpanSet.of(twice));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void givesTheSameSpansWhenShuffledWithinAMinuteWithDuplicates(long seed) {
        assertSame(SpanSet.of(shuffled(seed)));
    }

    @Test
    void sendsNothingForADuplicate() {
        SpanSet set = SpanSet.of(events);
        int sent = set.sent;

        events.forEach(set::feed);

        assertThat(set.sent).isEqualTo(sent);
    }

    private static List<AuditEvent> shuffled(long seed) {
        Random random = new Random(seed);
        Map<AuditEvent, Instant> arrival = new HashMap<>();
        List<AuditEvent> order = new ArrayList<>();
        for (AuditEvent event : events) {
            arrival.put(event, event.getStageMicros().plusMillis(random.nextInt(60_000)));
            order.add(event);
        }
        order.sort(Comparator.comparing(arrival::get));
        List<AuditEvent> withDuplicates = new ArrayList<>();
        for (AuditEvent event : order) {
            withDuplicates.add(event);
            if (random.nextInt(20) == 0) {
                withDuplicates.add(random.nextInt(Math.max(1, withDuplicates.size() - 1)), event);
            }
        }
        return withDuplicates;
    }

    private static void assertSame(SpanSet set) {
        assertThat(set.spans().keySet()).isEqualTo(undisturbed.keySet());
        undisturbed.forEach(
                (id, span) -> assertThat(String.valueOf(set.spans().get(id))).isEqualTo(span.toString()));
    }
}
