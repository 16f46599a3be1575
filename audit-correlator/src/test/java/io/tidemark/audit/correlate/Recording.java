package io.tidemark.audit.correlate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.schema.audit.AuditDoor;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditStage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The recorded cluster's audit log as the door would put it on the topic. */
final class Recording {
    private static final Path LOG =
            Path.of("..", "deploy", "src", "main", "dist", "examples", "shop", "audit.jsonl.gz");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Recording() {}

    static List<AuditEvent> shop() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(LOG)), StandardCharsets.UTF_8))) {
            return lines.lines().map(Recording::event).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AuditEvent event(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            return new AuditEvent(
                    "shop",
                    event.path("auditID").asText(),
                    switch (event.path("stage").asText()) {
                        case "ResponseStarted" -> AuditStage.RESPONSE_STARTED;
                        case "ResponseComplete" -> AuditStage.RESPONSE_COMPLETE;
                        case "Panic" -> AuditStage.PANIC;
                        default -> AuditStage.REQUEST_RECEIVED;
                    },
                    event.path("verb").asText(),
                    event.path("objectRef").path("subresource").asText(),
                    Instant.parse(event.path("requestReceivedTimestamp").asText()),
                    Instant.parse(event.path("stageTimestamp").asText()),
                    Instant.parse("2026-11-23T09:00:00Z"),
                    AuditDoor.UPLOAD,
                    ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
