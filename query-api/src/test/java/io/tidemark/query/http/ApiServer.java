package io.tidemark.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.query.lucene.LuceneSpanStore;
import io.tidemark.query.span.LogPositions;
import io.tidemark.query.span.SpanBatch;
import io.tidemark.query.span.SpanBuilders;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.trace.TraceLimits;
import io.tidemark.schema.audit.Span;
import io.tidemark.service.Meters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The API on a real server over a real index. */
public final class ApiServer implements AutoCloseable {
    static final TraceLimits LIMITS = new TraceLimits(50, 200);
    private static final ObjectMapper JSON = new ObjectMapper();

    final SpanStore store;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final QueryRoutes routes;
    private final HttpServer server;

    ApiServer(Path folder, TraceLimits limits, QuerySettings.Tail tail) throws Exception {
        this(folder, limits, tail, 0);
    }

    private ApiServer(Path folder, TraceLimits limits, QuerySettings.Tail tail, int port) throws Exception {
        store = LuceneSpanStore.open(folder, 4, InstantSource.system());
        QuerySettings settings = new QuerySettings(2, 16, 1_000, 3, limits, tail, Duration.ofDays(7));
        InstantSource clock = InstantSource.fixed(SpanBuilders.at(100));
        routes = new QueryRoutes(store, settings, () -> 17, new Meters(meters), clock);
        Router router = Router.router(vertx);
        routes.mount(router);
        // as the platform's port
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .requestHandler(router)
                .listen(port, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    public static ApiServer over(Path folder, List<Span> spans) throws Exception {
        ApiServer server = new ApiServer(folder, LIMITS, new QuerySettings.Tail(2, 10, 100));
        server.show(spans);
        return server;
    }

    /** On what an earlier server left behind in the folder, at its address. */
    public static ApiServer again(Path folder, URI address) throws Exception {
        return new ApiServer(folder, LIMITS, new QuerySettings.Tail(2, 10, 100), address.getPort());
    }

    void mount(Router other) {
        routes.mount(other);
    }

    public void show(List<Span> spans) {
        store.apply(SpanBatch.of(spans, LogPositions.NONE));
        store.refresh();
    }

    /** Makes durable what was shown, as the projector does from time to time. */
    public void commit() {
        store.commit();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    HttpResponse<String> raw(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpClient client() {
        return client;
    }

    /** The answer to a good request. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = raw(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " -> " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The problem document of a bad request. */
    JsonNode problem(String path, int status) throws IOException, InterruptedException {
        HttpResponse<String> response = raw(path);
        if (response.statusCode() != status
                || !response.headers().firstValue("content-type").orElse("").equals("application/problem+json")) {
            throw new AssertionError(path + " -> " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
        routes.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }
}
