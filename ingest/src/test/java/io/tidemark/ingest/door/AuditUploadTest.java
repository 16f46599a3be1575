package io.tidemark.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.audit.Samples;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditUploadTest {
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
        DoorLimits limits =
                new DoorLimits(AuditLimits.DEFAULT, 1 << 20, Duration.ofSeconds(30), 4 << 20, 4 << 20, 2, 4);
        PositionFile positions = new PositionFile(folder.resolve("uploads.json"), 10);
        routes = new AuditRoutes(
                vertx,
                Doors.intake(log, limits.audit()),
                positions,
                limits,
                new DoorAccess("geheim", false, List.of()));
        Router router = Router.router(vertx);
        routes.mount(router);
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
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
    void takesAFilePlainOrPackedAndTellsHowFarItIsDurable() throws Exception {
        byte[] file = bytes(String.join("\n", Samples.lines()));
        JsonObject plain = ok(upload("?file=a.jsonl", file));
        assertThat(plain.getInteger("accepted")).isEqualTo(Samples.lines().size());
        assertThat(plain.getLong("bytes")).isEqualTo(file.length);
        JsonObject packed = ok(upload("?file=b.jsonl", Doors.gzip(file)));
        assertThat(packed).isEqualTo(plain);
        assertThat(log.events()).hasSize(2 * Samples.lines().size());
        assertThat(ok(get("/uploads/b.jsonl")).getLong("offset")).isEqualTo(file.length);
        assertThat(ok(get("/uploads/c.jsonl")).getLong("offset")).isZero();
    }

    @Test
    void readsAllMembersOfConcatenatedGzip() throws Exception {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(Doors.gzip(bytes(Samples.EVENT + "\n")));
        both.write(Doors.gzip(bytes(Samples.EVENT + "\n")));
        assertThat(ok(upload("", both.toByteArray())).getInteger("accepted")).isEqualTo(2);
    }

    @Test
    void namesBrokenLinesAndTakesTheRest() throws Exception {
        List<String> lines = new ArrayList<>(Collections.nCopies(20, Samples.EVENT));
        lines.set(16, "{\"kind\":");
        lines.set(3, "");
        lines.set(5, "{\"x\":\"" + "y".repeat(1_200_000) + "\"}");
        JsonObject answer = ok(upload("", bytes(String.join("\r\n", lines) + "\r\n")));
        assertThat(answer.getInteger("accepted")).isEqualTo(17);
        assertThat(answer.getInteger("rejected")).isEqualTo(2);
        JsonArray rejects = answer.getJsonArray("rejects");
        assertThat(rejects.getJsonObject(0).getInteger("line")).isEqualTo(6);
        assertThat(rejects.getJsonObject(0).getString("message"))
                .startsWith("the line has 1200009 bytes, the limit is 1000000.");
        assertThat(rejects.getJsonObject(1).getInteger("line")).isEqualTo(17);
        assertThat(rejects.getJsonObject(1).getString("reason")).isEqualTo("TRUNCATED_JSON");
    }

    @Test
    void goesOnFromTheOffsetOfAnEarlierUpload() throws Exception {
        byte[] file = bytes((Samples.EVENT + "\n").repeat(3_000));
        byte[] packed = Doors.gzip(file);
        HttpResponse<String> cut = upload("?file=a", Arrays.copyOf(packed, packed.length / 2));
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(cut.body()).getString("detail")).contains("cut short");
        long offset = ok(get("/uploads/a")).getLong("offset");
        assertThat(offset).isPositive().isLessThan(file.length);
        JsonObject rest = ok(upload("?file=a&offset=" + offset, Arrays.copyOfRange(file, (int) offset, file.length)));
        assertThat(rest.getLong("bytes")).isEqualTo(file.length);
        assertThat(log.events().size()).isGreaterThanOrEqualTo(3_000);
    }

    @Test
    void refusesUnknownParametersBadOffsetsAndWrongTokens() throws Exception {
        assertThat(upload("?from=1", new byte[0]).body()).contains("\"field\":\"from\"");
        assertThat(upload("?offset=-1", new byte[0]).statusCode()).isEqualTo(400);
        for (String path : List.of("/audit/shop", "/api/v1/audit/shop/upload")) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .POST(HttpRequest.BodyPublishers.ofString(Samples.EVENT));
            assertThat(send(request).statusCode()).isEqualTo(401);
            assertThat(send(request.header("Authorization", "Bearer geheim2")).statusCode())
                    .isEqualTo(401);
        }
        assertThat(log.events()).isEmpty();
    }

    private HttpResponse<String> upload(String query, byte[] body) throws Exception {
        return send(request("/upload" + query).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/audit/shop" + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer geheim");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
