package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import io.tidemark.service.Reconnection;
import io.tidemark.service.ServerSentEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live tail, read from Server-Sent Events. Only the first connection may fail; a later one is tried until it works,
 * and goes on behind the last event that was read.
 *
 * <pre>
 *   event: span            event: lagging
 *   id: s1f                id: s2710
 *   data: {...}            data: {"skipped":300}
 * </pre>
 */
final class TailStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiClient api;
    private final Map<String, String> parameters;
    private final PrintWriter err;
    private final Reconnection connection;
    private @Nullable BufferedReader lines;
    private boolean connectedBefore;
    private String lastEvent = "";

    TailStream(ApiClient api, Map<String, String> parameters, PrintWriter err) {
        this.api = api;
        this.parameters = Map.copyOf(parameters);
        this.err = err;
        this.connection = new Reconnection(err);
    }

    /** The next span, however long it takes. */
    JsonNode next() throws InterruptedException {
        while (true) {
            try {
                JsonNode span = read(connected());
                if (span != null) {
                    return span;
                }
            } catch (IOException e) {
                drop();
            }
        }
    }

    /** Reads one event; null when it was none that has a span. */
    private @Nullable JsonNode read(BufferedReader from) throws IOException {
        ServerSentEvent event = ServerSentEvent.read(from);
        if (event == null) {
            throw new IOException("the stream ended");
        }
        lastEvent = event.id().isEmpty() ? lastEvent : event.id();
        if (event.name().equals("lagging")) {
            err.println(
                    "tidemark: " + JSON.readTree(event.data()).path("skipped").asLong()
                            + " were left out, because they came faster than they could be printed");
            err.flush();
        }
        return event.name().equals("span") ? JSON.readTree(event.data()) : null;
    }

    private BufferedReader connected() throws InterruptedException {
        BufferedReader open = lines;
        while (open == null) {
            try {
                open = new BufferedReader(
                        new InputStreamReader(api.stream(parameters, lastEvent), StandardCharsets.UTF_8));
            } catch (IOException e) {
                waitOrFail(api.unreachable());
            } catch (CommandFailure e) {
                if (e.kind() != Kind.UNAVAILABLE) {
                    throw e;
                }
                waitOrFail(e);
            }
        }
        connection.made();
        connectedBefore = true;
        lines = open;
        return open;
    }

    private void waitOrFail(CommandFailure failure) throws InterruptedException {
        if (!connectedBefore) {
            throw failure;
        }
        connection.lost(String.valueOf(failure.getMessage()));
    }

    private void drop() {
        BufferedReader open = lines;
        lines = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is broken already
            }
        }
    }

    @Override
    public void close() {
        drop();
    }
}
