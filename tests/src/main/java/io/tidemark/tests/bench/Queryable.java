package io.tidemark.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.oracle.AuditLog;
import io.tidemark.tests.oracle.AuditOracle;
import io.tidemark.tests.oracle.ExpectedSpans;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks the API how much can be found, and holds that against what must be. */
final class Queryable implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PERIOD_MILLIS = 500;
    private static final long SETTLED_MILLIS = 3_000;
    private static final long PATIENCE_SECONDS = 240;
    private static final int PAGE = 1_000;

    private final HttpConnection http;

    Queryable(int port) throws IOException {
        http = new HttpConnection(port);
    }

    /** Spans of the whole store, and whether the projector has read all there is. */
    private record State(long spans, boolean level) {}

    private State state() throws IOException {
        JsonNode coverage = json("/api/v1/coverage");
        return new State(
                coverage.path("spans").asLong(), coverage.path("lagRecords").asLong() == 0);
    }

    /** Waits until so many spans can be found; more are an error as well. */
    void await(long spans) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        State state = state();
        while (state.spans() < spans || !state.level()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("expected " + spans + " spans, found " + state.spans() + " after "
                        + PATIENCE_SECONDS + " s: something was lost");
            }
            TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
            state = state();
        }
        if (state.spans() != spans) {
            throw new IOException("expected " + spans + " spans, found " + state.spans());
        }
    }

    /** Waits until nothing changes any more and returns the number of spans. */
    long awaitSettled() throws IOException, InterruptedException {
        State before = new State(0, false);
        State now = state();
        while (!now.level() || now.spans() == 0 || now.spans() != before.spans()) {
            TimeUnit.MILLISECONDS.sleep(SETTLED_MILLIS);
            before = now;
            now = state();
        }
        return now.spans();
    }

    /** Every cluster must have as many spans and objects as the first one. */
    void requireEqualClusters(int copies) throws IOException {
        JsonNode clusters = json("/api/v1/clusters").path("clusters");
        JsonNode first = clusters.path(0);
        for (JsonNode cluster : clusters) {
            if (cluster.path("spans").asLong() != first.path("spans").asLong()
                    || cluster.path("objects").asLong() != first.path("objects").asLong()) {
                throw new IOException("expected as much as in " + first + ", found " + cluster);
            }
        }
        if (clusters.size() != copies) {
            throw new IOException("expected " + copies + " clusters, found " + clusters.size());
        }
    }

    /** Holds the spans of the only cluster against the independent reading of the recording. */
    void requireAgreement(Path recording, String cluster) throws IOException {
        ExpectedSpans expected = AuditOracle.expect(cluster, AuditLog.read(recording));
        require("REQUEST", expected.requests().size());
        require("ITEM", expected.items().size());
        require("EVENT", expected.occurrences().size());
    }

    private void require(String kind, long expected) throws IOException {
        long found = 0;
        String path = "/api/v1/search?kind=" + kind + "&limit=" + PAGE;
        String cursor = "";
        do {
            JsonNode page = json(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            found += page.path("spans").size();
            JsonNode next = page.path("next");
            cursor = next.isTextual() ? URLEncoder.encode(next.asText(), StandardCharsets.UTF_8) : "";
        } while (!cursor.isEmpty());
        if (found != expected) {
            throw new IOException("expected " + expected + " spans of kind " + kind + ", found " + found);
        }
    }

    private JsonNode json(String path) throws IOException {
        HttpConnection.Answer answer = http.get(path);
        if (!answer.ok()) {
            throw new IOException(path + " was answered " + answer.status() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
