package io.tidemark.tests.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Sends audit events to the webhook in lists, as an API server does: what gets no 200 is sent again. */
final class Feeder implements AutoCloseable {
    private static final int LIST = 200;
    private static final long PAUSE_MILLIS = 200;
    private static final int ATTEMPTS = 600;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI door;

    Feeder(URI base, String cluster) {
        this.door = base.resolve("/audit/" + cluster);
    }

    void feed(List<JsonNode> events) throws InterruptedException {
        for (int from = 0; from < events.size(); from += LIST) {
            send(events.subList(from, Math.min(from + LIST, events.size())));
        }
    }

    private void send(List<JsonNode> events) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(events.stream()
                        .map(JsonNode::toString)
                        .collect(Collectors.joining(
                                ",", "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[", "]}"))))
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
