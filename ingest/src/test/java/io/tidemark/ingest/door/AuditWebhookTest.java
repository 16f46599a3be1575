package io.tidemark.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.audit.Samples;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditWebhookTest {
    private static final DoorLimits LIMITS =
            new DoorLimits(AuditLimits.DEFAULT, 12 << 20, Duration.ofSeconds(3), 24 << 20, 24 << 20, 2, 4);

    private final MemoryAuditLog log = new MemoryAuditLog();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Vertx vertx;
    private AuditRoutes routes;
    private int port;

    @BeforeEach
    void serve() throws Exception {
        vertx = Vertx.vertx();
        AuditIntake intake = Doors.intake(log, LIMITS.audit());
        routes = new AuditRoutes(
                vertx,
                intake,
                new PositionFile(folder.resolve("uploads.json"), 10),
                LIMITS,
                new DoorAccess("", false, List.of()));
        Router router = Router.router(vertx);
        routes.mount(router);
        HttpServer server = vertx.createHttpServer().requestHandler(router);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        routes.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void answersOnceEveryEventOfARecordedListIsInTheLog() throws Exception {
        List<String> lines = Samples.lines();
        HttpResponse<String> answer = post(Samples.list(lines));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject().put("accepted", lines.size()).put("rejected", 0));
        for (int i = 0; i < lines.size(); i++) {
            var event = log.events().get(i).event().getEvent();
            String kept = StandardCharsets.UTF_8.decode(event.duplicate()).toString();
            assertThat(new JsonObject(kept)).isEqualTo(new JsonObject(lines.get(i)));
        }
        assertThat(log.events()).allSatisfy(entry -> {
            assertThat(entry.key().getCluster()).isEqualTo("shop");
            assertThat(entry.event().getCluster()).isEqualTo("shop");
        });
    }

    @Test
    void unpacksGzipAndReadsBodiesOfUnknownLength() throws Exception {
        InputStream packed = new ByteArrayInputStream(Doors.gzip(bytes(Samples.list(Samples.lines()))));
        HttpRequest.Builder request = request("shop")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> packed));
        assertThat(send(request).statusCode()).isEqualTo(200);
        assertThat(log.events()).hasSameSizeAs(Samples.lines());
    }

    @Test
    void putsBadEventsOfAGoodListAmongTheRejectsWithReasonAndPosition() throws Exception {
        HttpResponse<String> answer =
                post(Samples.list(List.of(Samples.EVENT, Samples.with("ResponseComplete", "Done"))));
        assertThat(new JsonObject(answer.body()))
                .isEqualTo(new JsonObject().put("accepted", 1).put("rejected", 1));
        assertThat(log.rejects()).singleElement().satisfies(reject -> {
            assertThat(reject.getReason()).isEqualTo("UNKNOWN_STAGE");
            assertThat(reject.getPosition()).isEqualTo("items[1]");
            assertThat(reject.getAuditId()).isEqualTo("id-1");
        });
    }

    @Test
    void saysWhereAListIsMalformedAndTakesNothingOfIt() throws Exception {
        String text = Samples.list(List.of(Samples.EVENT, "{\"a\":}"));
        JsonObject problem = problem(post(text), 400, "Unreadable audit list");
        assertThat(problem.getString("field")).isEqualTo("items[1]");
        assertThat(problem.getString("reason")).isEqualTo("MALFORMED_JSON");
        assertThat(problem.getJsonObject("position").getInteger("byte")).isEqualTo(text.indexOf(":}]") + 1);
        assertThat(log.events()).isEmpty();
    }

    @Test
    void refusesAListCutShort() throws Exception {
        String text = Samples.list(List.of(Samples.EVENT));
        JsonObject problem = problem(post(text.substring(0, 200)), 400, "Unreadable audit list");
        assertThat(problem.getString("reason")).isEqualTo("TRUNCATED_JSON");
        assertThat(problem.getString("detail"))
                .startsWith("the JSON stops in items[0] at byte 200 (line 1, column 201).");
    }

    @Test
    void refusesOtherKindsAndVersions() throws Exception {
        JsonObject kind = problem(post(Samples.EVENT), 400, "Not an audit.k8s.io/v1 EventList");
        assertThat(kind.getString("field")).isEqualTo("kind");
        assertThat(kind.getString("detail")).startsWith("kind: expected EventList, found \"Event\".");
        JsonObject version = problem(
                post("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1beta1\",\"items\":[]}"),
                400,
                "Not an audit.k8s.io/v1 EventList");
        assertThat(version.getString("field")).isEqualTo("apiVersion");
        assertThat(version.getString("reason")).isEqualTo("UNSUPPORTED_VERSION");
    }

    @Test
    void refusesNestingNoEventHas() throws Exception {
        String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(problem(post(Samples.list(List.of(deep))), 400, "Unreadable audit list")
                        .getString("reason"))
                .isEqualTo("TOO_DEEP");
    }

    @Test
    void rejectsATenMegabyteEventAndTakesItsNeighbour() throws Exception {
        String huge = Samples.with("\"user\":{", "\"requestObject\":\"" + "x".repeat(10 << 20) + "\",\"user\":{");
        assertThat(post(Samples.list(List.of(huge, Samples.EVENT))).body())
                .isEqualTo("{\"accepted\":1,\"rejected\":1}");
        assertThat(log.rejects()).singleElement().extracting("reason").isEqualTo("TOO_LARGE");
    }

    @Test
    void takesTenThousandEventsAtOnceAndRefusesOneMore() throws Exception {
        List<String> events = Collections.nCopies(10_000, Samples.EVENT);
        assertThat(post(Samples.list(events)).body()).isEqualTo("{\"accepted\":10000,\"rejected\":0}");
        JsonObject problem =
                problem(post(Samples.list(Collections.nCopies(10_001, Samples.EVENT))), 413, "Too many events");
        assertThat(problem.getString("detail")).startsWith("items: the list has more than 10000 events, the limit.");
        assertThat(log.events()).hasSize(10_000);
    }

    @Test
    void refusesBodiesAboveTheLimitAnnouncedOrNotPackedOrNot() throws Exception {
        byte[] tooMany = new byte[(12 << 20) + 1];
        Arrays.fill(tooMany, (byte) ' ');
        problem(send(request("shop").POST(HttpRequest.BodyPublishers.ofByteArray(tooMany))), 413, "Body too large");
        HttpRequest.Builder bomb = request("shop")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Doors.gzip(tooMany)));
        assertThat(problem(send(bomb), 413, "Body too large").getString("detail"))
                .startsWith("The body has, unpacked, more than 12582912 bytes, the limit is 12582912");
    }

    @Test
    void tellsBrokenGzipFromGzipCutShort() throws Exception {
        byte[] packed = Doors.gzip(bytes(Samples.list(Samples.lines())));
        HttpRequest.Builder cut = request("shop")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOf(packed, packed.length / 2)));
        assertThat(problem(send(cut), 400, "Broken gzip").getString("detail")).contains("cut short");
        HttpRequest.Builder none =
                request("shop").header("Content-Encoding", "gzip").POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertThat(problem(send(none), 400, "Broken gzip").getString("detail")).contains("not a gzip stream");
    }

    @Test
    void answers503WithRetryAfterWhileTheLogIsFullOrFails() throws Exception {
        for (MemoryAuditLog.Mood mood : List.of(MemoryAuditLog.Mood.FULL, MemoryAuditLog.Mood.FAILING)) {
            log.mood(mood);
            HttpResponse<String> answer = post(Samples.list(List.of(Samples.EVENT)));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
        log.mood(MemoryAuditLog.Mood.WELL);
        assertThat(post(Samples.list(List.of(Samples.EVENT))).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesBodiesItHasNoRoomForAndTakesThemOnceThereIs() throws Exception {
        log.mood(MemoryAuditLog.Mood.SILENT);
        byte[] body = bytes(Samples.list(List.of(Samples.EVENT)) + " ".repeat(11 << 20));
        List<CompletableFuture<HttpResponse<String>>> held = List.of(sendLater(body), sendLater(body));
        while (log.waiting().size() < 2) {
            Thread.onSpinWait();
        }
        HttpResponse<String> refused = send(request("shop").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        problem(refused, 503, "Door is full");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        log.waiting().forEach(waiting -> waiting.complete(0));
        for (CompletableFuture<HttpResponse<String>> answer : held) {
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        log.mood(MemoryAuditLog.Mood.WELL);
        assertThat(send(request("shop").POST(HttpRequest.BodyPublishers.ofByteArray(body)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void givesTheRoomOfABodyThatDoesNotComeToOthers() throws Exception {
        byte[] head = bytes("POST /audit/shop HTTP/1.1\r\nHost: x\r\nContent-Length: " + (12 << 20) + "\r\n\r\n{");
        try (Socket one = new Socket("127.0.0.1", port);
                Socket other = new Socket("127.0.0.1", port)) {
            for (Socket slow : List.of(one, other)) {
                slow.setSoTimeout(30_000);
                slow.getOutputStream().write(head);
            }
            for (Socket slow : List.of(one, other)) {
                String answer = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"Body too slow\"", "after 3.0 s");
            }
        }
        assertThat(routes.bufferedBytes()).isZero();
        assertThat(post(Samples.list(List.of(Samples.EVENT))).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesOtherMethodsTypesEncodingsAndClusterNames() throws Exception {
        HttpResponse<String> get = send(request("shop").GET());
        problem(get, 405, "Method not allowed");
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
        problem(
                send(request("shop").setHeader("Content-Type", "text/plain").POST(body)),
                415,
                "Unsupported media type");
        problem(send(request("shop").header("Content-Encoding", "br").POST(body)), 415, "Unsupported content encoding");
        problem(send(request("Shop_1").POST(body)), 400, "Invalid cluster name");
        problem(send(request("a".repeat(64)).POST(body)), 400, "Invalid cluster name");
        assertThat(send(request("shop.eu-1").POST(HttpRequest.BodyPublishers.ofString(Samples.list(List.of()))))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> post(String list) throws Exception {
        return send(request("shop").POST(HttpRequest.BodyPublishers.ofString(list)));
    }

    private CompletableFuture<HttpResponse<String>> sendLater(byte[] body) {
        return client.sendAsync(
                request("shop")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String cluster) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/audit/" + cluster))
                .header("Content-Type", "application/json")
                .version(HttpClient.Version.HTTP_1_1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject problem(HttpResponse<String> answer, int status, String title) {
        JsonObject problem = new JsonObject(answer.body());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.getString("title")).isEqualTo(title);
        assertThat(problem.getInteger("status")).isEqualTo(status);
        return problem;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
