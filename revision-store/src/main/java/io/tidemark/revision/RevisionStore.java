package io.tidemark.revision;

import io.tidemark.revision.checkpoint.Checkpointer;
import io.tidemark.revision.checkpoint.ImageRecovery;
import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.revision.etcd.EtcdSettings;
import io.tidemark.revision.etcd.Headers;
import io.tidemark.revision.etcd.Members;
import io.tidemark.revision.etcd.Node;
import io.tidemark.revision.etcd.Store;
import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.sequencer.Election;
import io.tidemark.revision.sequencer.LogEnds;
import io.tidemark.revision.sequencer.Place;
import io.tidemark.revision.sequencer.Reads;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.sequencer.Tenure;
import io.tidemark.revision.store.Image;
import io.tidemark.service.Config;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import io.tidemark.service.Service;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One keyspace, and what starts in which order:
 *
 * <pre>
 *   log -> image (from a checkpoint when it is gone) -> writer (takes over when elected, else follows) -> the etcd port
 *       -> checkpoints
 * </pre>
 */
public final class RevisionStore implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionStore.class);

    private final Shared shared;
    private final Config config;
    private final ServedKeyspace keyspace;
    private final EtcdSettings settings;
    private final Path folder;
    private final LogHome home;
    private final StoreMeters meters;
    private volatile @Nullable Running running;

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
            @Nullable ServerSSLOptions tls) {}

    /** What a writer stands on. */
    private record Ground(TransactionLog log, LogEntryCodec codec, Image image, LogEnds ends) {}

    /** What is up, in the order in which it was started. */
    private record Running(
            TransactionLog log,
            Image image,
            Election election,
            LogEnds ends,
            Sequencer sequencer,
            EtcdServer server,
            Optional<Checkpointer> checkpointer) {}

    /** @param folder of the image; whatever is in it can be made again */
    public RevisionStore(Shared shared, ServedKeyspace keyspace, Path folder, LogHome home) {
        this.shared = shared;
        this.config = shared.config;
        this.keyspace = keyspace;
        this.settings = RevisionConfig.etcd(config, keyspace, shared.tls);
        this.folder = folder;
        this.home = home;
        this.meters = new StoreMeters(shared.meters, keyspace.name());
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
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            start(opened);
        } catch (RuntimeException e) {
            if (running == null) {
                opened.forEach(RevisionStore::close);
            }
            close();
            throw e;
        }
    }

    private TransactionLog open(LogEntryCodec codec) {
        try {
            return home.open(keyspace, codec);
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(
                    "the log of keyspace '" + keyspace.name() + "' cannot be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the log was opened", e);
        }
    }

    /** What is far away is asked before the disk is touched. */
    private void start(Deque<AutoCloseable> opened) {
        LogEntryCodec codec = new LogEntryCodec(keyspace.name());
        TransactionLog log = open(codec);
        opened.push(log);
        String identity = identity(log);
        String node = home.isShared() ? settings.listening().advertisedAddress() : "";
        Image image = image(log);
        opened.push(image);
        Election election = home.election(keyspace, node);
        opened.push(election);
        LogEnds ends = home.isShared() ? LogEnds.together(log, config.get(RevisionConfig.QUEUE)) : LogEnds.here(log);
        opened.push(ends);
        Members members = new Members(identity, node, election::nodes);
        start(new Ground(log, codec, image, ends), new Place(election, node), members);
        LOG.info(
                "etcd API: keyspace={} address={} durability={}",
                keyspace.name(),
                address(),
                home.isShared() ? "acks=all" : "fsync");
    }

    private void start(Ground ground, Place place, Members members) {
        Image image = ground.image;
        Headers headers = members.headers(() -> Math.max(1, image.position().epoch()));
        Reads reads = new Reads(ground.ends, image, config.get(RevisionConfig.QUEUE));
        LeaseTimes leases = new LeaseTimes();
        Machine machine = new Machine(RevisionConfig.limits(config), headers.memberId());
        Tenure tenure = new Tenure(ground.log, ground.codec, image, machine, InstantSource.system());
        tenure.whenAppended(meters.appends());
        Sequencer sequencer = new Sequencer(tenure, leases, reads, place, RevisionConfig.sequencer(config));
        if (home.isShared()) {
            reads.whenBehind(sequencer::look);
        }
        Store store = new Store(sequencer, reads, image, leases);
        EtcdServer server =
                new EtcdServer(shared.vertx, settings, new Node.Place(headers, members), store, shared.additions);
        Optional<Checkpointer> checkpointer = checkpointer(image, sequencer::isWriting);
        running = new Running(ground.log, image, place.election(), ground.ends, sequencer, server, checkpointer);
        meters.show(store, server);
        sequencer.start();
        server.start();
        checkpointer.ifPresent(Checkpointer::start);
    }

    private Image image(TransactionLog log) {
        ImageRecovery recovery = new ImageRecovery(
                keyspace.name(), folder, RevisionConfig.image(config), home.checkpoints(keyspace), meters.images());
        try {
            return recovery.open(log);
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(
                    "the image of keyspace '" + keyspace.name() + "' cannot be made: " + e.getMessage(), e);
        }
    }

    /** What takes checkpoints, when they are kept. */
    private Optional<Checkpointer> checkpointer(Image image, BooleanSupplier writing) {
        Optional<Checkpointer> made = home.checkpoints(keyspace)
                .map(where -> new Checkpointer(
                        new Checkpointer.Source(keyspace.name(), image, folder, writing),
                        where,
                        RevisionConfig.checkpoints(config),
                        meters.checkpoints()));
        made.ifPresent(checkpointer -> meters.show(checkpointer, InstantSource.system()));
        return made;
    }

    private static String identity(TransactionLog log) {
        try {
            return log.identity();
        } catch (LogUnavailableException e) {
            throw new IllegalStateException("the log cannot be asked for its identity: " + e.getMessage(), e);
        }
    }

    /** Where clients reach it; a port that was left open is known once it is started. */
    public String address() {
        Running up = running;
        EtcdSettings.Listening listening = settings.listening();
        return up == null ? listening.url(listening.host(), listening.port()) : up.server.address();
    }

    /** Shows new connections other certificates. */
    public Future<?> serve(ServerSSLOptions tls) {
        Running up = running;
        return up == null ? Future.succeededFuture() : up.server.serve(tls);
    }

    @Override
    public Health check() {
        Running up = running;
        if (up == null) {
            return new Health.Down("not started");
        }
        String why = up.sequencer.state().why();
        return why.isEmpty() ? Health.UP : new Health.Down("the keyspace cannot be written: " + why);
    }

    @Override
    public void close() {
        Running up = running;
        running = null;
        if (up != null) {
            up.checkpointer.ifPresent(RevisionStore::close);
            List<AutoCloseable> parts = List.of(up.server, up.election, up.sequencer, up.ends, up.image, up.log);
            for (AutoCloseable part : parts) {
                close(part);
            }
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // the others are to be closed all the same
            LOG.warn("{} could not be closed", part.getClass().getSimpleName(), e);
        }
    }
}
