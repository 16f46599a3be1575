package io.tidemark.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of a watch topic, which reads Server-Sent Events as the standard has them, when it is told to. */
final class TopicReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final InputStream body;
    private final BufferedReader lines;
    private String lastId;

    /** One event. */
    record Heard(String name, String id, JsonNode data) {
        boolean isChange() {
            return name.equals("put") || name.equals("delete");
        }

        long revision() {
            return data.path("revision").asLong();
        }
    }

    private TopicReader(InputStream body, String lastId) {
        this.body = body;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        this.lastId = lastId;
    }

    /** @param query from the question mark on, or empty */
    static TopicReader open(StoreEndpoint store, String query, String... headers) {
        HttpResponse<InputStream> response = ask(store, query, HttpResponse.BodyHandlers.ofInputStream(), headers);
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode());
        }
        return new TopicReader(response.body(), "");
    }

    /** The same topic from behind the last event with an id, as browsers do. */
    static TopicReader again(StoreEndpoint store, String query, String lastId) {
        return new TopicReader(
                lastId.isEmpty() ? open(store, query).body : open(store, query, "Last-Event-ID", lastId).body, lastId);
    }

    /** What a topic is refused with. */
    static HttpResponse<String> refused(StoreEndpoint store, String query, String... headers) {
        return ask(store, query, HttpResponse.BodyHandlers.ofString(), headers);
    }

    static <T> HttpResponse<T> ask(
            StoreEndpoint store, String query, HttpResponse.BodyHandler<T> body, String... headers) {
        URI where = URI.create(store.topics() + (query.startsWith("/") ? "" : "/default") + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(where);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** The next event; null when the stream has ended. */
    @Nullable
    Heard next() {
        Heard heard = block();
        while (heard != null && heard.data().isMissingNode()) {
            heard = block();
        }
        return heard;
    }

    /** Reads what comes before the first event, which has no name and no data. */
    void start() {
        block();
    }

    /** What stands up to the next empty line, which is no event when it has no data; null when the stream has ended. */
    private @Nullable Heard block() {
        String name = "message";
        String id = "";
        StringBuilder data = new StringBuilder();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    lastId = id.isEmpty() ? lastId : id;
                    return new Heard(name, id, data.isEmpty() ? MissingNode.getInstance() : json(data.toString()));
                } else if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring("data: ".length()));
                }
            }
            return null;
        } catch (IOException e) {
            return null; // it was cut
        }
    }

    /** Of the event with an id that was read last, or that it begins behind; empty before. */
    String lastId() {
        return lastId;
    }

    /** The events up to the first one that is so, inclusive. */
    List<Heard> until(Predicate<Heard> end) {
        List<Heard> heard = new ArrayList<>();
        while (heard.isEmpty() || !end.test(heard.getLast())) {
            Heard next = next();
            if (next == null) {
                throw new AssertionError("ended after " + heard);
            }
            heard.add(next);
        }
        return heard;
    }

    /** The changes up to those of a revision, inclusive. */
    List<Heard> changesUntil(long revision) {
        return until(heard -> !heard.id().isEmpty() && heard.revision() >= revision).stream()
                .filter(Heard::isChange)
                .toList();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
