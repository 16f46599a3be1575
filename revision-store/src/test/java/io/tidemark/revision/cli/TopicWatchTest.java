package io.tidemark.revision.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TopicWatchTest {
    private static final List<String> ANSWERS = List.of(
            "retry: 1000\nid: 41\n\n",
            "retry: 1000\nid: 41\n\nevent: put\ndata: {\"key\":\"a\",\"revision\":42}\n\nevent: put\nid: 42\n",
            "retry: 1000\nid: 41\n\nevent: put\ndata: {\"key\":\"a\",\"revision\":42}\n\n"
                    + "event: put\nid: 42\ndata: {\"key\":\"b\",\"revision\":42}\n\n");

    @Test
    void goesOnWhereTheTopicBeganOrTheLastWholeRevisionEnded() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Last-Event-ID"), "none"));
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(ANSWERS.get(asked.size() - 1).getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (HttpClient http = HttpClient.newHttpClient()) {
            TopicPrinter printer = new TopicPrinter(new PrintStream(out, true, StandardCharsets.UTF_8), true, 2);
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            new TopicWatch(http, address, Map.of(), printer, new PrintWriter(new StringWriter())).run();
        } finally {
            server.stop(0);
        }
        assertThat(asked).containsExactly("none", "41", "41");
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "{\"event\":\"put\",\"data\":{\"key\":\"a\",\"revision\":42}}",
                        "{\"event\":\"put\",\"id\":42,\"data\":{\"key\":\"b\",\"revision\":42}}");
    }
}
