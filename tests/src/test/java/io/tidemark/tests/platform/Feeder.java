package io.tidemark.tests.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Sends audit events to the webhook in lists, as an API server does: what gets no 200 is sent again. */
public final class Feeder implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MILLIS = 200;
    private static final int ATTEMPTS = 600;
    private static final int READS = 80;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI door;
    private final int listEvents;
    private final AtomicInteger answered = new AtomicInteger();

    public Feeder(URI base, String cluster) {
        this(base, cluster, 200);
    }

    /** @param listEvents events sent at once */
    public Feeder(URI base, String cluster, int listEvents) {
        this.door = base.resolve("/audit/" + cluster);
        this.listEvents = listEvents;
    }

    public void feed(List<JsonNode> events) throws InterruptedException {
        for (int from = 0; from < events.size(); from += listEvents) {
            send(list(events.subList(from, Math.min(from + listEvents, events.size()))));
            answered.incrementAndGet();
        }
    }

    /** Lists that were answered with 200 so far. */
    public int answered() {
        return answered.get();
    }

    /** Sends reads, which leave no spans, to every partition: what is read behind them has been worked through. */
    void feedReads() throws InterruptedException {
        List<JsonNode> reads = new ArrayList<>();
        for (int i = 0; i < READS; i++) {
            ObjectNode read = JSON.createObjectNode()
                    .put("kind", "Event")
                    .put("apiVersion", "audit.k8s.io/v1")
                    .put("level", "Metadata")
                    .put("auditID", UUID.randomUUID().toString())
                    .put("stage", "ResponseComplete")
                    .put("requestURI", "/api/v1/namespaces/none/configmaps/read-" + i)
                    .put("verb", "get")
                    .put("requestReceivedTimestamp", "2026-11-23T08:17:47.079384Z")
                    .put("stageTimestamp", "2026-11-23T08:17:47.079384Z");
            read.putObject("objectRef")
                    .put("resource", "configmaps")
                    .put("namespace", "none")
                    .put("name", "read-" + i)
                    .put("apiVersion", "v1");
            reads.add(read);
        }
        send(list(reads));
    }

    /** An EventList of these events. */
    public static String list(List<JsonNode> events) {
        return events.stream()
                .map(JsonNode::toString)
                .collect(Collectors.joining(
                        ",", "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[", "]}"));
    }

    private void send(String list) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(list))
                .build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (answers200(request)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS); // an API server waits between attempts as well
        }
        throw new IllegalStateException(door + " did not take a list in " + ATTEMPTS + " attempts");
    }

    private boolean answers200(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200 && answer.statusCode() != 503) {
                throw new IllegalStateException(door + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.statusCode() == 200;
        } catch (IOException e) {
            return false; // it is down or went down meanwhile
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
