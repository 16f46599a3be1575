package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.query.span.Micros;
import io.tidemark.query.span.SpanJson;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.trace.Explanation;
import io.tidemark.query.trace.Explanation.Cause;
import io.tidemark.query.trace.Explanation.Restoration;
import io.tidemark.query.trace.Explanation.Retries;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What spans say together, as members of an answer. */
final class ExplanationJson {
    private final JsonGenerator json;

    ExplanationJson(JsonGenerator json) {
        this.json = json;
    }

    void write(Explanation explanation) throws IOException {
        json.writeArrayFieldStart("deletion");
        for (Cause cause : explanation.deletion()) {
            json.writeStartObject();
            json.writeStringField(
                    "why", cause.why().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            json.writeStringField("objectSpanId", id(cause.object()));
            json.writeFieldName("span");
            SpanJson.write(json, cause.request());
            json.writeEndObject();
        }
        json.writeEndArray();
        restorations(explanation.restorations());
        json.writeArrayFieldStart("retries");
        for (Retries chain : explanation.retries()) {
            retries(chain);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("mentions");
        for (Span mention : explanation.mentions()) {
            SpanJson.write(json, mention);
        }
        json.writeEndArray();
    }

    void restorations(List<Restoration> restorations) throws IOException {
        json.writeArrayFieldStart("restorations");
        for (Restoration restoration : restorations) {
            json.writeStartObject();
            json.writeStringField("spanId", id(restoration.by()));
            json.writeObjectFieldStart("restored");
            request(restoration.restored());
            json.writeStringField(
                    "resourceVersion", ((RequestDetail) restoration.restored().getDetail()).getResourceVersion());
            json.writeEndObject();
            json.writeStringField("revision", restoration.revision());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void retries(Retries chain) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("spanIds");
        for (Span attempt : chain.attempts()) {
            json.writeString(id(attempt));
        }
        json.writeEndArray();
        RequestDetail last = (RequestDetail) chain.attempts().getLast().getDetail();
        json.writeStringField("user", actor(last));
        json.writeStringField("verb", last.getVerb());
        json.writeNumberField("lastCode", last.getCode());
        json.writeBooleanField("succeeded", last.getCode() < 300);
        json.writeEndObject();
    }

    private void request(Span span) throws IOException {
        RequestDetail request = (RequestDetail) span.getDetail();
        json.writeStringField("spanId", id(span));
        json.writeStringField("at", Micros.text(span.getStartMicros()));
        json.writeStringField("user", actor(request));
        json.writeStringField("auditId", request.getAuditId());
    }

    private static String actor(RequestDetail request) {
        return request.getImpersonated().isEmpty() ? request.getUser() : request.getImpersonated();
    }

    private static String id(Span span) {
        return SpanRef.of(span.getSpanId()).toString();
    }
}
