package io.tidemark.ingest.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** Speaks to the upload door of a running Tidemark. */
final class UploadClient implements AutoCloseable {
    /** The server refused: its own words. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String base;
    private final String token;

    /**
     * Prepares.
     *
     * @param token bearer token of the door, or empty
     */
    UploadClient(String server, String cluster, String token, SSLContext tls) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
        this.base = (server.endsWith("/") ? server.substring(0, server.length() - 1) : server) + "/api/v1/audit/"
                + URLEncoder.encode(cluster, StandardCharsets.UTF_8);
        this.token = token;
    }

    /** Bytes of the named file's text that are durable already. */
    long offset(String name) throws IOException, InterruptedException, RefusedException {
        return send(request("/uploads/" + encoded(name)).GET()).path("offset").asLong();
    }

    /** Sends text from an offset of the named file on; an empty name is remembered by nobody. */
    JsonNode upload(String name, long offset, InputStream text)
            throws IOException, InterruptedException, RefusedException {
        String query = name.isEmpty() ? "" : "?file=" + encoded(name) + "&offset=" + offset;
        return send(request("/upload" + query).POST(HttpRequest.BodyPublishers.ofInputStream(() -> text)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException, RefusedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode body = json(answer.body());
        if (answer.statusCode() == OK) {
            return body;
        }
        String told = body.path("detail").asText();
        throw new RefusedException(
                answer.statusCode(), told.isEmpty() ? "HTTP " + answer.statusCode() + "; is this a Tidemark?" : told);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.nullNode(); // the status tells the rest
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
