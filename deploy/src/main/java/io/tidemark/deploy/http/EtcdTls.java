package io.tidemark.deploy.http;

import io.tidemark.revision.RevisionStore;
import io.tidemark.service.Health;
import io.tidemark.service.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The certificates of the etcd ports: read before the start, and again when their files change. */
public final class EtcdTls implements Service {
    private final Vertx vertx;
    private final TlsFiles files;
    private final Duration pause;
    private final TlsFiles.Loaded loaded;
    private volatile List<RevisionStore> stores = List.of();
    private volatile @Nullable TlsReload reload;

    /**
     * @param pause how often the files are looked at
     * @throws io.tidemark.deploy.StartFailure TLS_UNUSABLE when they cannot be used
     */
    public EtcdTls(Vertx vertx, TlsFiles files, Duration pause) {
        this.vertx = vertx;
        this.files = files;
        this.pause = pause;
        this.loaded = files.load(vertx, InstantSource.system());
    }

    /** What the ports begin with. */
    public ServerSSLOptions options() {
        return loaded.options();
    }

    /** The same of what may not be there; null then. */
    public static @Nullable ServerSSLOptions options(Optional<EtcdTls> tls) {
        return tls.map(EtcdTls::options).orElse(null);
    }

    /** These ports are told of changes. */
    public EtcdTls of(List<RevisionStore> those) {
        stores = List.copyOf(those);
        return this;
    }

    @Override
    public String name() {
        return "etcd-tls";
    }

    @Override
    public void start() {
        reload = new TlsReload(
                vertx,
                files,
                pause,
                loaded,
                found -> Future.all(
                        stores.stream().map(store -> store.serve(found)).toList()));
    }

    @Override
    public Health check() {
        TlsReload watching = reload;
        return watching == null
                ? Health.UP
                : watching.trouble().<Health>map(Health.Degraded::new).orElse(Health.UP);
    }

    @Override
    public void close() {
        TlsReload watching = reload;
        if (watching != null) {
            watching.close();
        }
    }
}
