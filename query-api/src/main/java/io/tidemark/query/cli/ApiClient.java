package io.tidemark.query.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Asks the HTTP API; whatever is not a good answer is a {@link CommandFailure}. */
final class ApiClient implements AutoCloseable {
    static final String API = "/api/v1";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 503;
    private static final int SERVER_FAULT = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final URI server;

    ApiClient(URI server, SSLContext tls) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .build();
    }

    /** The server's address as given. */
    String address() {
        return server.toString();
    }

    /**
     * The JSON answer of an endpoint.
     *
     * @param path below {@code /api/v1}, its parts already {@link #encoded}
     */
    JsonNode get(String path, Map<String, String> parameters) {
        HttpRequest request =
                request(API + path, parameters).timeout(ANSWER_TIMEOUT).build();
        try {
            HttpResponse<String> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != OK) {
                throw refused(answer.statusCode(), answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw notTidemark("what it says is no JSON");
        } catch (SSLException e) {
            throw untrusted(e);
        } catch (IOException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The text of a page outside the API, whatever its status. */
    String page(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(ANSWER_TIMEOUT)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .body();
        } catch (SSLException e) {
            throw untrusted(e);
        } catch (IOException e) {
            throw unreachable();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** An open stream of the endpoint {@code tail}; the connection may break while it is read. */
    InputStream stream(Map<String, String> parameters, String lastEvent) throws IOException {
        HttpRequest.Builder request = request(API + "/tail", parameters);
        if (!lastEvent.isEmpty()) {
            request.header("Last-Event-ID", lastEvent);
        }
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != OK) {
                try (InputStream body = answer.body()) {
                    throw refused(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return answer.body();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    CommandFailure unreachable() {
        return new CommandFailure(
                Kind.UNAVAILABLE,
                "nothing answers at " + server,
                "start it with `tidemark up`, or name its address with --server or $TIDEMARK_SERVER");
    }

    private CommandFailure untrusted(SSLException cause) {
        return new CommandFailure(
                Kind.UNAVAILABLE,
                "no trust between this command and " + server + ": " + cause.getMessage(),
                "name the server's CA with --ca");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(server + path + (query.isEmpty() ? "" : "?" + query)));
    }

    private CommandFailure refused(int status, String body) {
        String detail;
        try {
            detail = JSON.readTree(body).path("detail").asText();
        } catch (JsonProcessingException e) {
            detail = "";
        }
        if (detail.isEmpty()) {
            throw notTidemark("it answers " + status);
        }
        if (status == NOT_FOUND) {
            return new CommandFailure(Kind.NOT_FOUND, detail);
        }
        if (status == BUSY) {
            return new CommandFailure(Kind.UNAVAILABLE, detail, "try again; `tidemark doctor` tells more");
        }
        return status < SERVER_FAULT
                ? new CommandFailure(Kind.USAGE, detail, "see --help")
                : new CommandFailure(Kind.FAILED, detail, "`tidemark doctor` tells more");
    }

    private CommandFailure notTidemark(String why) {
        return new CommandFailure(
                Kind.FAILED,
                "the server at " + server + " is no Tidemark, or another version: " + why,
                "check --server and $TIDEMARK_SERVER");
    }

    private static CommandFailure interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        CommandFailure failure = new CommandFailure(Kind.FAILED, "interrupted");
        failure.initCause(cause);
        return failure;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
