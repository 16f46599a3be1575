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
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the process. Others put their routes on its router before it starts. */
public final class HttpEdge implements Service {
    private static final long CLOSE_SECONDS = 10;

    private final Vertx vertx;
    private final Router router;
    private final HttpSettings settings;
    private final Optional<TlsFiles.Loaded> tls;
    private volatile @Nullable HttpServer server;
    private volatile @Nullable TlsReload reload;

    /** @throws StartFailure TLS_UNUSABLE when the files of the TLS cannot be used */
    public HttpEdge(Vertx vertx, HttpSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.tls = settings.tls().map(files -> files.load(vertx, InstantSource.system()));
        this.router = Router.router(vertx);
    }

    /** Throws {@link StartFailure} at once for a taken port, which {@link #start} would find after all others have begun. */
    public void requireFreePort() {
        requireFreePort(settings.host(), settings.port(), "HTTP", "http.port");
    }

    /**
     * The same for a port that another part is going to listen on.
     *
     * @param what it is for, as in "port 80 on localhost (HTTP)"
     * @param key the setting that moves it elsewhere
     */
    public static void requireFreePort(String host, int port, String what, String key) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // what an earlier process left in TIME_WAIT is no obstacle
            probe.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            throw StartFailure.portTaken(host, port, what, key);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " on " + host + " cannot be tried", e);
        }
    }

    public Router router() {
        return router;
    }

    /** Where the server is reached; the port is known once it is started. */
    public String address() {
        HttpServer running = server;
        return settings.scheme() + "://" + settings.host() + ":"
                + (running == null ? settings.port() : running.actualPort());
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public void start() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setCompressionSupported(true)
                // Java's HttpClient offers to change to HTTP/2, and loses an answer of more than 16 KB that follows the
                // consent
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(5)
                .setIdleTimeoutUnit(TimeUnit.MINUTES);
        tls.ifPresent(loaded -> options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(loaded.options().getKeyCertOptions())
                .setTrustOptions(loaded.options().getTrustOptions())
                .setClientAuth(loaded.options().getClientAuth()));
        HttpServer listening = listen(options);
        server = listening;
        tls.ifPresent(loaded -> reload = new TlsReload(
                vertx,
                settings.tls().orElseThrow(),
                settings.reload(),
                loaded,
                found -> listening.updateSSLOptions(found, true)));
    }

    private HttpServer listen(HttpServerOptions options) {
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(router)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BindException) {
                throw StartFailure.portTaken(settings.host(), settings.port(), "HTTP", "http.port");
            }
            throw e;
        }
    }

    @Override
    public Health check() {
        TlsReload files = reload;
        if (server == null) {
            return new Health.Down("not listening");
        }
        return files == null
                ? Health.UP
                : files.trouble().<Health>map(Health.Degraded::new).orElse(Health.UP);
    }

    /** Lets running requests end, within a bound. */
    @Override
    public void close() {
        TlsReload files = reload;
        if (files != null) {
            files.close();
        }
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
