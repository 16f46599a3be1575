package io.tidemark.tests.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Asks a JSON gateway what {@link GatewayCases} say. */
final class GatewayClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Checks by their names, as etcd tells them in no order; what follows them stays behind them. */
    private static final Comparator<String> CHECKS =
            Comparator.comparing(line -> line.startsWith("[") ? line.substring("[+]".length()) : "~");

    private static final String SHOWS_TOKEN = "token ";
    private static final String SHOWS_NONE = "void ";

    private final HttpClient client = http();
    private final String address;
    private String token = "";

    /** @param lines of the body, each JSON, or text when it is no JSON that comes */
    record Reply(String request, int status, String type, List<JsonNode> lines) {}

    GatewayClient(int port) {
        this.address = "http://127.0.0.1:" + port;
    }

    /** The server would take an offer of HTTP/2, and Java's client loses an answer of more than 16 KB that follows the consent. */
    static HttpClient http() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
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
        String type = response.headers().firstValue("content-type").orElse("");
        boolean plain = type.startsWith("text/plain") && !response.body().startsWith("{");
        if (plain) {
            response.body().lines().sorted(CHECKS).map(TextNode::valueOf).forEach(lines::add);
        } else {
            for (String text : response.body().lines().toList()) {
                lines.add(read(text, line));
            }
        }
        if (words[1].endsWith("/authenticate") && response.statusCode() == 200) {
            token = lines.getFirst().get("token").textValue();
        }
        return new Reply(line, response.statusCode(), type, lines);
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
