package io.tidemark.deploy.http;

import io.tidemark.deploy.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the files of the TLS again and again; new ones serve new connections, broken ones are told and not used. */
final class TlsReload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    private final Vertx vertx;
    private final TlsFiles files;
    private final Function<ServerSSLOptions, Future<?>> serving;
    private final Duration pause;
    private final Thread watch;
    private int fingerprint;
    private volatile @Nullable String trouble;

    /**
     * @param served what is served at first
     * @param serving serves others to new connections
     */
    TlsReload(
            Vertx vertx,
            TlsFiles files,
            Duration pause,
            TlsFiles.Loaded served,
            Function<ServerSSLOptions, Future<?>> serving) {
        this.vertx = vertx;
        this.files = files;
        this.serving = serving;
        this.pause = pause;
        this.fingerprint = served.fingerprint();
        this.watch = Thread.ofVirtual().name("tls-reload").start(this::look);
    }

    /** Why the files on disk are not the ones served. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void look() {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(pause.toMillis());
                reload();
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void reload() throws InterruptedException {
        try {
            TlsFiles.Loaded found = files.load(vertx, InstantSource.system());
            if (found.fingerprint() != fingerprint) {
                serving.apply(found.options())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
                fingerprint = found.fingerprint();
                LOG.info(
                        "TLS files were changed and are served certificate={} until={}",
                        files.certificate(),
                        found.until());
            }
            trouble = null;
        } catch (StartFailure | ExecutionException e) {
            if (trouble == null) {
                LOG.warn("TLS files on disk cannot be used, the old ones are served cause={}", e.getMessage());
            }
            trouble = e.getMessage() + "; the files read before are served";
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
