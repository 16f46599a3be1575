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
import io.tidemark.revision.log.Copies;
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
import io.tidemark.revision.store.ImageUnusableException;
import io.tidemark.service.Config;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One keyspace from its log to its port, and what starts in which order:
 *
 * <pre>
 *   log -> image (from a checkpoint when it is gone) -> writer (takes over when elected, else follows) -> the etcd port
 *       -> checkpoints
 * </pre>
 */
final class RunningKeyspace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningKeyspace.class);

    private final Plan plan;
    private final Image image;
    private final Sequencer sequencer;
    private final EtcdServer server;
    private final String durability;
    private final Optional<Checkpointer> checkpointer;
    /** What it stands on, last opened first: the election is. */
    private final Deque<AutoCloseable> parts;

    /**
     * What it is made by.
     *
     * @param folder of the image; whatever is in it can be made again
     */
    record Plan(
            RevisionStore.Shared shared,
            ServedKeyspace keyspace,
            EtcdSettings settings,
            Path folder,
            LogHome home,
            StoreMeters meters) {
        Config config() {
            return shared.config();
        }
    }

    /** What a writer stands on. */
    private record Ground(TransactionLog log, LogEntryCodec codec, Image image, LogEnds ends) {}

    private RunningKeyspace(Plan plan, Ground ground, Place place, Members members, Deque<AutoCloseable> opened) {
        this.plan = plan;
        this.image = ground.image;
        this.parts = opened;
        Headers headers = members.headers(() -> Math.max(1, image.position().epoch()));
        Reads reads = new Reads(ground.ends, image, plan.config().get(RevisionConfig.QUEUE));
        LeaseTimes leases = new LeaseTimes();
        Machine machine = new Machine(RevisionConfig.limits(plan.config()), headers.memberId());
        Tenure tenure = new Tenure(ground.log, ground.codec, image, machine, InstantSource.system());
        tenure.whenAppended(plan.meters.appends());
        tenure.refuseWhile(plan.shared.disk()::isShort);
        sequencer = new Sequencer(tenure, leases, reads, place, RevisionConfig.sequencer(plan.config()));
        if (plan.home.isShared()) {
            reads.whenBehind(sequencer::look);
        }
        Store store = new Store(sequencer, reads, image, leases);
        Node.Place where = new Node.Place(headers, members);
        server = new EtcdServer(plan.shared.vertx(), plan.settings, where, store, plan.shared.additions());
        checkpointer = checkpointer(plan, image, sequencer::isWriting);
        plan.meters.show(store, server);
        plan.meters.show(ground.log.copies());
        durability = durability(plan, ground.log.copies());
    }

    /**
     * Opens what it stands on; nothing is answered before {@link #start}. What was opened is closed again when all of it is not
     * to be had.
     *
     * @param found what was wrong with the image, which is made again when that helps; empty at the first time
     */
    static RunningKeyspace open(Plan plan, Optional<ImageUnusableException> found) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return open(plan, found, opened);
        } catch (RuntimeException e) {
            opened.forEach(RunningKeyspace::close);
            throw e;
        }
    }

    /** What is far away is asked before the disk is touched. */
    private static RunningKeyspace open(
            Plan plan, Optional<ImageUnusableException> found, Deque<AutoCloseable> opened) {
        LogEntryCodec codec = new LogEntryCodec(plan.keyspace.name());
        TransactionLog log = log(plan, codec);
        opened.push(log);
        String identity = identity(log);
        LogHome home = plan.home;
        String node = home.isShared() ? plan.settings.listening().advertisedAddress() : "";
        Image image = image(plan, log, found);
        opened.push(image);
        LogEnds ends =
                home.isShared() ? LogEnds.together(log, plan.config().get(RevisionConfig.QUEUE)) : LogEnds.here(log);
        opened.push(ends);
        Election election = home.election(plan.keyspace, node);
        opened.push(election);
        Members members = new Members(identity, node, election::nodes);
        Ground ground = new Ground(log, codec, image, ends);
        return new RunningKeyspace(plan, ground, new Place(election, node), members, opened);
    }

    private static TransactionLog log(Plan plan, LogEntryCodec codec) {
        String name = plan.keyspace.name();
        try {
            return plan.home.open(plan.keyspace, codec);
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(
                    "the log of keyspace '" + name + "' cannot be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the log was opened", e);
        }
    }

    private static String identity(TransactionLog log) {
        try {
            return log.identity();
        } catch (LogUnavailableException e) {
            throw new IllegalStateException("the log cannot be asked for its identity: " + e.getMessage(), e);
        }
    }

    private static Image image(Plan plan, TransactionLog log, Optional<ImageUnusableException> found) {
        String name = plan.keyspace.name();
        ImageRecovery recovery = new ImageRecovery(
                name,
                plan.folder,
                ImageConfig.image(plan.config()),
                plan.home.checkpoints(plan.keyspace),
                plan.meters.images());
        try {
            Optional<ImageUnusableException> damage = found.filter(ImageUnusableException::canBeMadeAgain);
            return damage.isPresent()
                    ? recovery.again(log, String.valueOf(damage.get().getMessage()))
                    : recovery.open(log);
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(
                    "the image of keyspace '" + name + "' cannot be made: " + e.getMessage(), e);
        }
    }

    /** What takes checkpoints, when they are kept. */
    private static Optional<Checkpointer> checkpointer(Plan plan, Image image, BooleanSupplier writing) {
        Optional<Checkpointer> made = plan.home
                .checkpoints(plan.keyspace)
                .map(where -> new Checkpointer(
                        new Checkpointer.Source(plan.keyspace.name(), image, plan.folder, writing),
                        where,
                        ImageConfig.checkpoints(plan.config()),
                        plan.meters.checkpoints()));
        made.ifPresent(checkpointer -> plan.meters.show(checkpointer, InstantSource.system()));
        return made;
    }

    /** To be closed when this fails. */
    void start() {
        sequencer.start();
        server.start();
        checkpointer.ifPresent(Checkpointer::start);
        LOG.info(
                "etcd API: keyspace={} address={} durability='{}'", plan.keyspace.name(), server.address(), durability);
    }

    private static String durability(Plan plan, Copies copies) {
        return plan.home.isShared()
                ? "acks=all, " + copies.confirming() + " of " + copies.all() + " brokers before every answer"
                : "fsync before every answer";
    }

    /** What has happened to a write before it is answered, in words. */
    String durability() {
        return durability;
    }

    /** @param listener is told why the image has to be opened or made again, by a thread that must not be kept */
    void whenUnusable(Consumer<ImageUnusableException> listener) {
        image.files().whenUnusable(listener);
    }

    EtcdServer server() {
        return server;
    }

    /** What keeps the keyspace from being written; empty when nothing does. */
    String why() {
        return sequencer.state().why();
    }

    @Override
    public void close() {
        checkpointer.ifPresent(RunningKeyspace::close);
        close(server);
        close(parts.pop()); // the election: another node may write as soon as this one does not
        close(sequencer);
        parts.forEach(RunningKeyspace::close);
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
