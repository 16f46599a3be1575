package io.tidemark.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.tests.platform.Dumps;
import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.ShopSlice;
import io.tidemark.tests.platform.SpanApi;
import io.tidemark.tests.platform.SpanTopic;
import io.tidemark.tests.platform.TopicBytes;
import io.tidemark.tests.platform.Undisturbed;
import io.tidemark.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of docs/reference/bad-input.md at a running platform: each bad input has its exact answer and leaves its
 * exact reject, and after all of them the good stream still leads to the right spans.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputIT {
    private static final String CLUSTER = "shop";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] OPTIONS = {"--set", "audit.limit.body.time=4s"};

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static PlatformProcess platform;
    private static HttpClient client;
    private static int rejects;

    @BeforeAll
    static void start() throws IOException {
        platform = PlatformProcess.start(folder.resolve("data"), OPTIONS);
        client = HttpClient.newHttpClient();
        platform.awaitReady();
    }

    @AfterAll
    static void stop() {
        client.close();
        platform.close();
    }

    static List<BadInput> table() {
        return BadInputs.ALL;
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void answersExactly(BadInput bad) throws Exception {
        HttpResponse<String> answer = send(bad);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.status());
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree(bad.answer()));
        String type = bad.status() == 200 ? "application/json" : "application/problem+json";
        assertThat(answer.headers().firstValue("content-type")).contains(type);
        bad.headers()
                .forEach((name, value) ->
                        assertThat(answer.headers().firstValue(name)).as(name).contains(value));
        assertThat(newRejects()).isEqualTo(bad.rejects());
    }

    @Order(2)
    @Test
    void takesABodyThatComesSlowlyButWithinItsTime() throws Exception {
        String list = Feeder.list(ShopSlice.small().subList(0, 3));
        byte[] body = list.getBytes(StandardCharsets.UTF_8);
        try (Socket slow = connect()) {
            OutputStream out = slow.getOutputStream();
            out.write(head("Transfer-Encoding: chunked\r\nConnection: close"));
            int piece = body.length / 40;
            for (int at = 0; at < body.length; at += piece) {
                int count = Math.min(piece, body.length - at);
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(body, at, count);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                Thread.sleep(20); // the slowness itself
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(read(slow)).startsWith("HTTP/1.1 200 ").endsWith("{\"accepted\":3,\"rejected\":0}");
        }
        assertThat(newRejects()).isEmpty();
    }

    @Order(2)
    @Test
    void endsABodyThatDoesNotCome() throws Exception {
        try (Socket silent = connect()) {
            silent.getOutputStream().write(head("Content-Length: 1000"));
            assertThat(read(silent))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("content-type: application/problem+json")
                    .contains("\"detail\":\"The body was not whole after 4.0 s, the limit (audit.limit.body.time)."
                            + " Send it again.\"");
        }
    }

    @Order(2)
    @Test
    void forgetsTheBodyOfAClientThatWentAway() throws Exception {
        byte[] body = Feeder.list(ShopSlice.small().subList(0, 100)).getBytes(StandardCharsets.UTF_8);
        try (Socket gone = connect()) {
            gone.setSoLinger(true, 0); // a reset, not an orderly end
            gone.getOutputStream().write(head("Content-Length: " + body.length));
            gone.getOutputStream().write(body, 0, body.length / 2);
            gone.getOutputStream().flush();
            await().until(() -> bufferedBytes() > 0);
        }
        await().until(() -> bufferedBytes() == 0);
        assertThat(newRejects()).isEmpty();
    }

    @Order(3)
    @Test
    void stillLeadsToTheRightSpansOfTheGoodStream() throws Exception {
        String undisturbed = Undisturbed.small();
        try (Feeder feeder = new Feeder(platform.baseUri(), CLUSTER)) {
            feeder.feed(ShopSlice.small());
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);
        }
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> Dumps.assertSame(
                        SpanApi.dump(platform, CLUSTER), undisturbed, "store, log %s", platform.log()));
        assertThat(platform.status("/readyz")).isEqualTo(200);
    }

    private static HttpResponse<String> send(BadInput bad) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(platform.baseUri().resolve(bad.path()))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(Duration.ofSeconds(60))
                .method(bad.method(), HttpRequest.BodyPublishers.ofByteArray(bad.body()));
        bad.sent().forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What came to the topic of rejects since the last call: reason, place, message. */
    private static List<BadInput.Reject> newRejects() {
        List<BadInput.Reject> all = new ArrayList<>();
        for (byte[] value : TopicBytes.values(platform.kafka(), Topics.AUDIT_REJECTS.name())) {
            AuditReject reject = Topics.AUDIT_REJECTS.value().decode(value);
            assertThat(reject.getCluster()).isEqualTo(BadInputs.CLUSTER);
            all.add(new BadInput.Reject(
                    reject.getReason(),
                    reject.getPosition(),
                    reject.getAuditId(),
                    reject.getMessage().replaceFirst("clock \\([^)]*\\)", "clock (NOW)")));
        }
        List<BadInput.Reject> added = List.copyOf(all.subList(rejects, all.size()));
        rejects = all.size();
        return added;
    }

    private static Socket connect() throws IOException {
        URI base = platform.baseUri();
        Socket socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static byte[] head(String more) {
        return ("POST /audit/" + BadInputs.CLUSTER + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + more
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static long bufferedBytes() throws IOException, InterruptedException {
        return platform.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tidemark_ingest_buffered_bytes "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
