package io.tidemark.revision;

import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.revision.etcd.EtcdSettings;
import io.tidemark.revision.store.ImageUnusableException;
import io.tidemark.service.Config;
import io.tidemark.service.DiskRoom;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One keyspace of a process. It is up from its start to its end, but for the time in which an image that cannot be used is made again:
 *
 * <pre>
 *   start ──► up ──────────────────────────► closed
 *             ▲  │ a file of the image is not what was written
 *             │  ▼
 *         port closed, image deleted and made again from a checkpoint and the log
 * </pre>
 */
public final class RevisionStore implements Service {
    private final Shared shared;
    private final ServedKeyspace keyspace;
    private final Path folder;
    private final LogHome home;
    private final StoreMeters meters;
    private final Renewal renewal;
    private final AtomicReference<@Nullable RunningKeyspace> running = new AtomicReference<>();
    private volatile EtcdSettings settings;
    private volatile @Nullable ServerSSLOptions tls;
    private volatile boolean closing;

    /**
     * What all keyspaces of a process share.
     *
     * @param additions what others put at the etcd ports
     * @param tls of the etcd ports; null for none
     */
    public record Shared(
            Config config,
            Vertx vertx,
            Meters meters,
            EtcdServer.Additions additions,
            DiskRoom disk,
            @Nullable ServerSSLOptions tls) {}

    /** @param folder of the image; whatever is in it can be made again */
    public RevisionStore(Shared shared, ServedKeyspace keyspace, Path folder, LogHome home) {
        this.shared = shared;
        this.keyspace = keyspace;
        this.folder = folder;
        this.home = home;
        this.tls = shared.tls;
        this.settings = RevisionConfig.etcd(shared.config, keyspace, tls);
        this.meters = new StoreMeters(shared.meters, keyspace.name());
        this.renewal = new Renewal(keyspace.name(), this::renew);
    }

    @Override
    public String name() {
        return keyspace.isDefault() ? "etcd" : "etcd-" + keyspace.name();
    }

    public ServedKeyspace keyspace() {
        return keyspace;
    }

    /** What was opened is closed again when all of it is not to be had. */
    @Override
    public void start() {
        try {
            up(Optional.empty());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void up(Optional<ImageUnusableException> found) {
        RunningKeyspace made =
                RunningKeyspace.open(new RunningKeyspace.Plan(shared, keyspace, settings, folder, home, meters), found);
        running.set(made);
        made.whenUnusable(renewal::begin);
        made.start();
        if (closing) {
            down(); // whoever closes may have come before there was something to close
        }
    }

    private void down() {
        RunningKeyspace up = running.getAndSet(null);
        if (up != null) {
            up.close();
        }
    }

    /** Clients find it where it was, with the certificates that were shown last. */
    private void renew(ImageUnusableException found) {
        int port = URI.create(address()).getPort();
        down();
        settings = RevisionConfig.etcd(shared.config, keyspace.at(port), tls);
        try {
            up(Optional.of(found));
        } catch (RuntimeException e) {
            down();
            throw e;
        }
    }

    /** Where clients reach it; a port that was left open is known once it is started. */
    public String address() {
        RunningKeyspace up = running.get();
        EtcdSettings.Listening listening = settings.listening();
        return up == null
                ? listening.url(listening.host(), listening.port())
                : up.server().address();
    }

    /** What has happened to a write before it is answered, in words; empty while it is not up. */
    public String durability() {
        RunningKeyspace up = running.get();
        return up == null ? "" : up.durability();
    }

    /** Shows new connections other certificates. */
    public Future<?> serve(ServerSSLOptions newer) {
        tls = newer;
        RunningKeyspace up = running.get();
        return up == null ? Future.succeededFuture() : up.server().serve(newer);
    }

    @Override
    public Health check() {
        if (renewal.isUnderWay()) {
            return new Health.Down("the image cannot be used, and is opened or made again");
        }
        RunningKeyspace up = running.get();
        if (up == null) {
            return new Health.Down("not started");
        }
        String why = up.why();
        if (!why.isEmpty()) {
            return new Health.Down("the keyspace cannot be written: " + why);
        }
        return shared.disk.isShort()
                ? new Health.Degraded("writes that need room are refused: " + shared.disk.why())
                : Health.UP;
    }

    @Override
    public void close() {
        closing = true;
        down();
        renewal.close();
        down();
    }
}
