package io.tidemark.tests.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Asks a JSON gateway what {@link GatewayCases} say. */
final class GatewayClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOWS_TOKEN = "token ";
    private static final String SHOWS_NONE = "void ";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private String token = "";

    /** @param lines of the body, each JSON */
    record Reply(String request, int status, String type, List<JsonNode> lines) {}

    GatewayClient(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    Reply ask(String line) throws IOException, InterruptedException {
        boolean known = line.startsWith(SHOWS_TOKEN);
        boolean stranger = line.startsWith(SHOWS_NONE);
        String[] words = line.substring(known ? SHOWS_TOKEN.length() : stranger ? SHOWS_NONE.length() : 0)
                .split(" ", 3);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + words[1]))
                .method(
                        words[0],
                        words.length == 3
                                ? HttpRequest.BodyPublishers.ofString(words[2])
                                : HttpRequest.BodyPublishers.noBody());
        if (known || stranger) {
            request.header("Authorization", known ? token : "nobody.7");
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        List<JsonNode> lines = new ArrayList<>();
        for (String text : response.body().lines().toList()) {
            lines.add(read(text, line));
        }
        if (words[1].endsWith("/authenticate") && response.statusCode() == 200) {
            token = lines.getFirst().get("token").textValue();
        }
        return new Reply(
                line,
                response.statusCode(),
                response.headers().firstValue("content-type").orElse(""),
                lines);
    }

    private static JsonNode read(String text, String request) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON in answer to " + request + ": " + text, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
