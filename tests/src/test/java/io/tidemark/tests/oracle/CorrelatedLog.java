package io.tidemark.tests.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.audit.correlate.Correlator;
import io.tidemark.audit.correlate.FactStore;
import io.tidemark.audit.correlate.Retention;
import io.tidemark.audit.correlate.Timeline;
import io.tidemark.audit.fact.Evidence;
import io.tidemark.audit.fact.Facts;
import io.tidemark.schema.audit.AuditDoor;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditStage;
import io.tidemark.schema.audit.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A log put through the pure core of the correlator, without engines: what is checked here is what it concludes. */
final class CorrelatedLog {
    private final Map<String, Timeline> timelines = new HashMap<>();
    private final Map<String, Held> facts = new HashMap<>();
    private final Correlator correlator =
            new Correlator(Retention.of(Duration.ofMinutes(20), Duration.ofHours(2), 256, 1024), notice -> {});
    private final List<Span> upserts = new ArrayList<>();

    private CorrelatedLog() {}

    /** Every span as it was sent, in order. */
    static List<Span> spans(String cluster, List<JsonNode> log) {
        CorrelatedLog correlated = new CorrelatedLog();
        log.forEach(line -> correlated.feed(event(cluster, line)));
        return correlated.upserts;
    }

    private void feed(AuditEvent event) {
        for (Facts.Keyed keyed : Facts.read(event).facts()) {
            Timeline timeline = timelines.computeIfAbsent(keyed.key(), key -> Timeline.empty());
            Held held = facts.computeIfAbsent(keyed.key(), key -> new Held(new HashMap<>()));
            upserts.addAll(correlator.accept(timeline, held, keyed.evidence()));
        }
    }

    private static AuditEvent event(String cluster, JsonNode line) {
        Instant stage = Instant.parse(line.path("stageTimestamp").asText());
        return new AuditEvent(
                cluster,
                line.path("auditID").asText(),
                switch (line.path("stage").asText()) {
                    case "ResponseStarted" -> AuditStage.RESPONSE_STARTED;
                    case "ResponseComplete" -> AuditStage.RESPONSE_COMPLETE;
                    case "Panic" -> AuditStage.PANIC;
                    default -> AuditStage.REQUEST_RECEIVED;
                },
                line.path("verb").asText(),
                line.path("objectRef").path("subresource").asText(),
                Instant.parse(line.path("requestReceivedTimestamp").asText()),
                stage,
                stage.plusMillis(20),
                AuditDoor.UPLOAD,
                ByteBuffer.wrap(line.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private record Held(Map<Long, Evidence> facts) implements FactStore {
        @Override
        public @Nullable Evidence get(long spanId) {
            return facts.get(spanId);
        }

        @Override
        public void put(Evidence evidence) {
            facts.put(evidence.fact().getSpanId(), evidence);
        }

        @Override
        public void remove(long spanId) {
            facts.remove(spanId);
        }
    }
}
