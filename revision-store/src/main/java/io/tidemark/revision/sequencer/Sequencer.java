package io.tidemark.revision.sequencer;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a keyspace, a thread of its own:
 *
 * <pre>
 *   requests ─► queue ─► decide all that wait ─► append them together ─► apply ─► answer
 *               bounded   on the newest state     durable on return
 * </pre>
 *
 * While one group is appended the next one gathers in the queue, so groups grow with the load. What becomes of it:
 *
 * <pre>
 *             ┌──────────── asked again after a pause ───────────┐
 *             ▼                                                  │
 *   taking over ──barrier read back──► writing ──append unknown──┘
 *             │                          │
 *             └── the log is another one, or unreadable: stopped, with the reason
 * </pre>
 */
public final class Sequencer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final Duration LEASE_SCAN = Duration.ofMillis(500);
    private static final int LEASES_PER_SCAN = 500;
    private static final long ORIGIN = System.nanoTime();
    /** Asks for nothing: the writer looks around. */
    private static final Submission NOTHING = new Submission(new Command.Compact(0), Asker.STORE, new Nobody());

    private final Tenure tenure;
    private final LeaseTimes leases;
    private final Reads reads;
    private final SequencerSettings settings;
    private final BlockingQueue<Submission> queue;
    private final Thread thread;
    private volatile boolean closing;
    private volatile State state = new State.TakingOver("not started");
    private long leasesScanned;

    /** What it does, for health pages. */
    public sealed interface State {
        /** What keeps it from writing; empty when nothing does. */
        String why();

        /** It waits for the log, and why. */
        record TakingOver(String why) implements State {}

        record Writing() implements State {
            @Override
            public String why() {
                return "";
            }
        }

        /** Only people can help: the log is not the one that it was. */
        record Stopped(String why) implements State {}
    }

    public Sequencer(Tenure tenure, LeaseTimes leases, Reads reads, SequencerSettings settings) {
        this.tenure = tenure;
        this.leases = leases;
        this.reads = reads;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queuedRequests());
        this.thread = Thread.ofPlatform().name("sequencer").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public State state() {
        return state;
    }

    /** Whether this node writes: then it alone knows when leases end. */
    public boolean isWriting() {
        return state instanceof State.Writing;
    }

    /** Requests that wait to be decided. */
    public int queued() {
        return queue.size();
    }

    /** Takes a request in; its reply is called by another thread, or by this one when it is refused at once. */
    public void submit(Command command, Asker asker, Reply reply) {
        if (closing) {
            reply.failed(Failure.STOPPED);
        } else if (!isWriting()) {
            reply.failed(Failure.NO_LEADER);
        } else if (!queue.offer(new Submission(command, asker, reply))) {
            reply.failed(Failure.TOO_MANY_REQUESTS);
        }
    }

    private void run() {
        while (!closing && !(state instanceof State.Stopped)) {
            if (state instanceof State.TakingOver) {
                takeOver();
            } else {
                write();
            }
        }
        if (closing) {
            state = new State.Stopped("closed");
        }
        leases.clear(); // nobody is told that a lease is gone: this node does not know any more
        reads.fail(closing ? Failure.STOPPED : Failure.NO_LEADER);
        failAll(closing ? Failure.STOPPED : Failure.NO_LEADER);
    }

    private void takeOver() {
        try {
            long epoch = tenure.begin();
            long now = now();
            leases.clear();
            tenure.leases().forEach(lease -> leases.start(lease, now));
            state = new State.Writing();
            reads.applied();
            LOG.info("This node writes the keyspace: epoch={} revision={}", epoch, tenure.revision());
        } catch (LostLogException e) {
            LOG.error("The keyspace cannot be written or read: {}", e.getMessage(), e);
            state = new State.Stopped(why(e));
        } catch (Exception e) {
            // Kafka's and RocksDB's failures come in many types; none may end the only writer
            LOG.warn("The keyspace cannot be written yet: {}", e.getMessage(), e);
            state = new State.TakingOver(why(e));
            pause();
        }
    }

    private static String why(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(settings.retryPause().toNanos());
        } catch (InterruptedException e) {
            // closing: the loop looks
        }
    }

    private void write() {
        List<Submission> taken = new ArrayList<>();
        Submission first = next();
        if (first != null) {
            taken.add(first);
            queue.drainTo(taken, settings.groupRequests() - 1);
            decideAndAppend(taken);
        }
        endLeases();
    }

    private @Nullable Submission next() {
        try {
            return queue.poll(LEASE_SCAN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return null; // closing: the loop looks
        }
    }

    /** Appends as often as the bound of a group asks for. */
    private void decideAndAppend(List<Submission> taken) {
        try {
            Group group = new Group(settings.groupBytes());
            for (Submission submission : taken) {
                if (!submission.abandoned() && !tenure.decide(submission, group)) {
                    finish(group);
                    group = new Group(settings.groupBytes());
                    tenure.decide(submission, group); // alone, it always has room
                }
            }
            finish(group);
        } catch (AppendRefusedException e) {
            LOG.warn("Nothing of a group was appended: {}", e.getMessage());
            lost(taken, e);
        } catch (AppendUnknownException | RuntimeException e) {
            LOG.warn("Whether a group was appended is not known: {}", e.getMessage(), e);
            lost(taken, e);
        }
    }

    private void finish(Group group) throws AppendRefusedException, AppendUnknownException {
        tenure.append(group);
        long now = now();
        group.leases(lease -> leases.start(lease, now), leases::ended);
        group.tell();
        reads.applied();
    }

    /** What was not answered may have happened: the log is asked, by taking over anew. */
    private void lost(List<Submission> taken, Exception cause) {
        state = new State.TakingOver(why(cause));
        taken.forEach(submission -> submission.fail(Failure.NO_LEADER));
        failAll(Failure.NO_LEADER);
    }

    /** Leases whose time is over end like any other request, at most so many in a while that others get their turn. */
    private void endLeases() {
        long now = now();
        if (!isWriting() || now - leasesScanned < LEASE_SCAN.toNanos()) {
            return;
        }
        leasesScanned = now;
        List<Submission> ends = leases.due(now, LEASES_PER_SCAN).stream()
                .map(Lease::id)
                .map(id -> new Submission(new Command.Revoke(id), Asker.STORE, new LeaseEnd(id, leases)))
                .toList();
        if (!ends.isEmpty()) {
            decideAndAppend(ends);
        }
    }

    private void failAll(Failure failure) {
        List<Submission> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        waiting.forEach(submission -> submission.fail(failure));
    }

    /** Nanoseconds of the clock by which leases are measured. */
    public static long now() {
        return System.nanoTime() - ORIGIN;
    }

    /** Ends what was begun, and answers the rest that it was not. */
    @Override
    public void close() {
        closing = true;
        queue.offer(NOTHING); // when it is full, nobody waits for more
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failAll(Failure.STOPPED);
    }

    private record Nobody() implements Reply {
        @Override
        public void told(Answer answer) {
            throw new IllegalStateException("nothing was asked");
        }

        @Override
        public void refused(Refusal refusal) {
            throw new IllegalStateException("nothing was asked");
        }

        @Override
        public void failed(Failure failure) {
            // nobody waits
        }

        @Override
        public boolean abandoned() {
            return true;
        }
    }
}
