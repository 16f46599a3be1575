package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.query.span.Coverage;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What the store holds and what it does not, for the footer of every page. */
final class CoverageJson {
    /** Without an audit event for this long, a cluster's audit log counts as idle. */
    private static final Duration IDLE_AFTER = Duration.ofSeconds(60);

    private final SpanStore store;
    private final LongSupplier lagRecords;
    private final Duration retention;
    private final InstantSource clock;

    CoverageJson(SpanStore store, LongSupplier lagRecords, Duration retention, InstantSource clock) {
        this.store = store;
        this.lagRecords = lagRecords;
        this.retention = retention;
        this.clock = clock;
    }

    void coverage(JsonGenerator json) throws IOException {
        Coverage coverage = store.coverage();
        Optional<Instant> newest = store.newestAccepted();
        json.writeStartObject();
        counts(json, coverage);
        json.writeNumberField("lagRecords", lagRecords.getAsLong());
        time(json, "newestAcceptedAt", newest);
        json.writeStringField("retention", retention.toString());
        json.writeStringField("audit", audit(newest));
        json.writeArrayFieldStart("missing");
        for (Gap gap : missing(newest)) {
            gap.write(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    void clusters(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("clusters");
        for (String cluster : store.clusters()) {
            json.writeStartObject();
            json.writeStringField("name", cluster);
            counts(json, store.coverage(cluster));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void counts(JsonGenerator json, Coverage coverage) throws IOException {
        time(json, "from", coverage.from());
        time(json, "to", coverage.to());
        json.writeNumberField("spans", coverage.spans());
        json.writeNumberField("objects", coverage.objects());
    }

    private String audit(Optional<Instant> newest) {
        return newest.map(at -> at.isBefore(clock.instant().minus(IDLE_AFTER)) ? "idle" : "receiving")
                .orElse("none");
    }

    private List<Gap> missing(Optional<Instant> newest) {
        if (newest.isEmpty()) {
            return List.of(new Gap("no audit event has been received yet", "", 0));
        }
        List<Gap> missing = new ArrayList<>();
        doubt(missing, SpanField.METADATA_ONLY, "requests were audited at level Metadata: their bodies are not known");
        doubt(missing, SpanField.TRUNCATED, "requests had their bodies cut off by the API server");
        doubt(missing, SpanField.INEXACT, "changes may include what others did, as the version before is not proved");
        doubt(missing, SpanField.LATE, "spans arrived too late to be related to the rest");
        return missing;
    }

    private void doubt(List<Gap> missing, String doubt, String text) {
        long count = store.count(SpanFilter.ALL.and(SpanField.DOUBT, doubt));
        if (count > 0) {
            missing.add(new Gap(count + " " + text, doubt, count));
        }
    }

    /** Something missing; with a doubt, a search for it finds the spans that are counted. */
    private record Gap(String text, String doubt, long count) {
        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("text", text);
            if (doubt.isEmpty()) {
                json.writeNullField("doubt");
            } else {
                json.writeStringField("doubt", doubt);
            }
            json.writeNumberField("count", count);
            json.writeEndObject();
        }
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> instant) throws IOException {
        if (instant.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, Micros.text(instant.get()));
        }
    }
}
