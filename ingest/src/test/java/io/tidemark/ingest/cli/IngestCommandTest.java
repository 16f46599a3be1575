package io.tidemark.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a server that answers what it is told to; the real door has its own tests. */
class IngestCommandTest {
    private static final String TEXT = "one\ntwo\nthree\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private volatile JsonObject answer = new JsonObject().put("accepted", 3).put("rejected", 0);
    private volatile int status = 200;
    private volatile long offset;
    private volatile String uploadUri = "";
    private volatile String uploaded = "";
    private Vertx vertx;
    private int port;

    @BeforeEach
    void serve() throws Exception {
        vertx = Vertx.vertx();
        port = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().contains("/uploads/")) {
                        request.response()
                                .end(new JsonObject().put("offset", offset).toBuffer());
                        return;
                    }
                    request.body().onSuccess(body -> {
                        uploadUri = request.uri();
                        uploaded = body.toString();
                        request.response().setStatusCode(status).end(answer.toBuffer());
                    });
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void uploadsPlainAndPackedFilesAsTheirText() throws Exception {
        assertThat(run(write("a.log", TEXT.getBytes(StandardCharsets.UTF_8)))).isZero();
        assertThat(uploaded).isEqualTo(TEXT);
        assertThat(uploadUri).matches("/api/v1/audit/shop/upload\\?file=a\\.log-[0-9a-f]{16}&offset=0");
        assertThat(run(write("a.log.gz", gzip(TEXT)))).isZero();
        assertThat(uploaded).isEqualTo(TEXT);
        assertThat(out.toString()).contains("a.log.gz: 3 accepted, 0 rejected");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void goesOnWhereAnEarlierUploadStoppedAndCountsLinesFromTheBeginning() throws Exception {
        offset = 4;
        answer = new JsonObject()
                .put("accepted", 1)
                .put("rejected", 1)
                .put(
                        "rejects",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("line", 2)
                                        .put("reason", "MALFORMED_JSON")
                                        .put("message", "m")));
        String file = write("a.log", TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(run(file)).isEqualTo(1);
        assertThat(uploaded).isEqualTo("two\nthree\n");
        assertThat(uploadUri).endsWith("&offset=4");
        assertThat(err.toString()).contains("line 3: MALFORMED_JSON: m");
        run("--again", file);
        assertThat(uploaded).isEqualTo(TEXT);
    }

    @Test
    void saysThatAGzipFileStopsBeforeItsEnd() throws Exception {
        byte[] packed = gzip(TEXT.repeat(1000));
        assertThat(run(write("a.gz", Arrays.copyOf(packed, packed.length - 12))))
                .isEqualTo(1);
        assertThat(err.toString()).contains("stops before its end");
    }

    @Test
    void tellsRefusalsInTheServersWords() throws Exception {
        answer = new JsonObject().put("detail", "4 uploads are under way, the limit.");
        String file = write("a.log", TEXT.getBytes(StandardCharsets.UTF_8));
        status = 503;
        assertThat(run(file)).isEqualTo(4);
        status = 400;
        assertThat(run(file)).isEqualTo(1);
        assertThat(err.toString()).contains("the server refused: 4 uploads are under way, the limit.");
    }

    @Test
    void saysWhatToDoWithoutServerFileOrCluster() throws Exception {
        assertThat(run(folder.resolve("none").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("none does not exist");
        String file = write("a.log", TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(execute("--cluster", "shop", "--server", "http://127.0.0.1:1", file))
                .isEqualTo(4);
        assertThat(err.toString()).contains("nothing answers at http://127.0.0.1:1", "tidemark up");
        assertThat(execute(file)).isEqualTo(2);
    }

    @Test
    void drawsProgressAsAShareOfTheFile() {
        assertThat(ProgressBar.text("a", 0.5, 3 << 20))
                .isEqualTo("a [" + "#".repeat(15) + " ".repeat(15) + "]  50 % 3.0 MiB");
        assertThat(ProgressBar.text("-", -1, 3 << 20)).isEqualTo("- 3.0 MiB");
    }

    private int run(String... arguments) {
        String[] all = Arrays.copyOf(
                new String[] {"--cluster", "shop", "--server", "http://127.0.0.1:" + port}, 4 + arguments.length);
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return execute(all);
    }

    private int execute(String... arguments) {
        return new CommandLine(new IngestCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String write(String name, byte[] content) throws Exception {
        return Files.write(folder.resolve(name), content).toString();
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
