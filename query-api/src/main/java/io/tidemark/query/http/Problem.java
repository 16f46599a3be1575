package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A refusal that the client can act on: becomes an RFC 9457 problem document.
 *
 * <p>{@code field} names the parameter to blame; empty when none is.
 */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String field;

    private Problem(int status, String title, String detail, String field) {
        super(detail);
        this.status = status;
        this.title = title;
        this.field = field;
    }

    static Problem badParameter(String field, String detail) {
        return new Problem(400, "Invalid parameter", detail, field);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail, "");
    }

    static Problem busy(String detail) {
        return new Problem(503, "Too busy", detail, "");
    }

    static Problem failed(String detail) {
        return new Problem(500, "Query failed", detail, "");
    }

    int status() {
        return status;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", title);
        json.writeNumberField("status", status);
        json.writeStringField("detail", String.valueOf(getMessage()));
        if (!field.isEmpty()) {
            json.writeStringField("field", field);
        }
        json.writeEndObject();
    }
}
