package io.tidemark.revision.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import io.tidemark.service.Reconnection;
import io.tidemark.service.ServerSentEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A topic watched at the HTTP port, read from Server-Sent Events. Only the first connection may fail; a later one is tried until
 * it works, and goes on behind the last event that had an id: what came after that is printed again by nobody, since it is printed
 * when the id has come.
 */
final class TopicWatch {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int OK = 200;
    private static final Map<Integer, Kind> KINDS = Map.of(
            400,
            Kind.USAGE,
            401,
            Kind.FAILED,
            403,
            Kind.FAILED,
            404,
            Kind.NOT_FOUND,
            410,
            Kind.FAILED,
            503,
            Kind.UNAVAILABLE);

    private final HttpClient http;
    private final URI address;
    private final Map<String, String> headers;
    private final TopicPrinter printer;
    private final Reconnection connection;
    private String lastEvent = "";
    private boolean begun;

    TopicWatch(HttpClient http, URI address, Map<String, String> headers, TopicPrinter printer, PrintWriter err) {
        this.http = http;
        this.address = address;
        this.headers = Map.copyOf(headers);
        this.printer = printer;
        this.connection = new Reconnection(err);
    }

    /** Returns when enough was told, or nobody reads what is printed any more. */
    void run() throws InterruptedException {
        while (true) {
            try (InputStream body = open()) {
                connection.made();
                begun = true;
                if (!isMoreWantedOf(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)))) {
                    return;
                }
                lost("it was ended");
            } catch (IOException e) {
                lost(e.toString());
            }
        }
    }

    private InputStream open() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        if (!lastEvent.isEmpty()) {
            request.header("Last-Event-ID", lastEvent);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() == OK) {
            return answer.body();
        }
        try (InputStream body = answer.body()) {
            CommandFailure refused =
                    refused(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            if (!begun || refused.kind() != Kind.UNAVAILABLE) {
                throw refused;
            }
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private static CommandFailure refused(int status, String problem) {
        String detail = text(problem, "detail");
        return new CommandFailure(
                KINDS.getOrDefault(status, Kind.FAILED),
                detail.isEmpty() ? "the server is no Tidemark, or another version: it answers " + status : detail,
                status == 401
                        ? "say who you are with --user name:password"
                        : "see --help and docs/how-to/watch-topics.md");
    }

    private void lost(String why) throws InterruptedException {
        if (!begun) {
            throw new CommandFailure(
                    Kind.UNAVAILABLE,
                    "nothing answers at " + address.getScheme() + "://" + address.getAuthority(),
                    "start it with `tidemark up`, or name its address with --server or $TIDEMARK_SERVER");
        }
        printer.forgetHalf();
        connection.lost(why);
    }

    /** Reads until the end of the stream, or until nothing more is wanted. */
    private boolean isMoreWantedOf(BufferedReader lines) throws IOException {
        for (ServerSentEvent event = ServerSentEvent.read(lines); event != null; event = ServerSentEvent.read(lines)) {
            if (!isMoreWanted(event)) {
                return false;
            }
        }
        return true;
    }

    /** An id without an event says where the topic begins. */
    private boolean isMoreWanted(ServerSentEvent event) {
        switch (event.name()) {
            case "put", "delete" -> printer.event(event.name(), event.id(), event.data());
            case "problem" -> throw refused(410, event.data());
            default -> {}
        }
        if (!event.id().isEmpty()) {
            lastEvent = event.id();
            return printer.settled();
        }
        return true;
    }

    /** A text on the first level of an object; empty when there is none. */
    static String text(String object, String member) {
        try (JsonParser parser = JSON.createParser(object)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(member)
                        && parser.getParsingContext().getParent().inRoot()) {
                    parser.nextToken();
                    return parser.getText();
                }
            }
        } catch (IOException e) {
            return "";
        }
        return "";
    }
}
