package io.tidemark.deploy.http;

import io.tidemark.deploy.StartFailure;
import io.tidemark.service.Health;
import io.tidemark.service.Service;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the process. Others put their routes on its router before it starts. */
public final class HttpEdge implements Service {
    private static final long CLOSE_SECONDS = 10;

    private final Vertx vertx;
    private final Router router;
    private final String host;
    private final int wantedPort;
    private volatile @Nullable HttpServer server;

    public HttpEdge(Vertx vertx, String host, int port) {
        this.vertx = vertx;
        this.host = host;
        this.wantedPort = port;
        this.router = Router.router(vertx);
    }

    /** Throws {@link StartFailure} at once for a taken port, which {@link #start} would find after all others have begun. */
    public void requireFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // what an earlier process left in TIME_WAIT is no obstacle
            probe.bind(new InetSocketAddress(host, wantedPort));
        } catch (BindException e) {
            throw StartFailure.portTaken(host, wantedPort, "HTTP", "http.port");
        } catch (IOException e) {
            throw new UncheckedIOException("port " + wantedPort + " on " + host + " cannot be tried", e);
        }
    }

    public Router router() {
        return router;
    }

    /** Where the server is reached; the port is known once it is started. */
    public String address() {
        HttpServer running = server;
        return "http://" + host + ":" + (running == null ? wantedPort : running.actualPort());
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public void start() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(wantedPort)
                .setCompressionSupported(true)
                .setIdleTimeout(5)
                .setIdleTimeoutUnit(TimeUnit.MINUTES);
        try {
            server = vertx.createHttpServer(options)
                    .requestHandler(router)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BindException) {
                throw StartFailure.portTaken(host, wantedPort, "HTTP", "http.port");
            }
            throw e;
        }
    }

    @Override
    public Health check() {
        return server == null ? new Health.Down("not listening") : Health.UP;
    }

    /** Lets running requests end, within a bound. */
    @Override
    public void close() {
        HttpServer running = server;
        server = null;
        if (running != null) {
            running.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }
}
