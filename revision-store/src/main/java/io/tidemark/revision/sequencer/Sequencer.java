package io.tidemark.revision.sequencer;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does with a keyspace, a thread of its own. It writes while it is elected:
 *
 * <pre>
 *   requests ─► queue ─► decide all that wait ─► append them together ─► apply ─► answer
 *               bounded   on the newest state     durable on return
 * </pre>
 *
 * While one group is appended the next one gathers in the queue, so groups grow with the load. Else it follows: it applies
 * what another node writes.
 *
 * <pre>
 *               ┌──────── asked again after a pause ──────────┐
 *               ▼                                             │
 *     ┌──► taking over ──barrier read back──► writing ──append unknown
 *  elected                                       │
 *     └───────────── following ◄──not elected────┘
 *
 *   any ── the log is another one, or unreadable: stopped, with the reason
 * </pre>
 */
public final class Sequencer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    /** How late a node that follows sees that it is elected. */
    private static final Duration FOLLOW = Duration.ofMillis(100);

    private static final long ORIGIN = System.nanoTime();
    private final Tenure tenure;
    private final LeaseTimes leases;
    private final LeaseEnds leaseEnds;
    private final Reads reads;
    private final Place place;
    private final SequencerSettings settings;
    private final RequestQueue queue;
    private final Thread thread;
    private volatile boolean closing;
    /** Whether the image was found to be one of this log since another node is to write; the thread's own. */
    private boolean following;

    private volatile State state = new State.TakingOver("not started");

    public Sequencer(Tenure tenure, LeaseTimes leases, Reads reads, Place place, SequencerSettings settings) {
        this.tenure = tenure;
        this.leases = leases;
        this.leaseEnds = new LeaseEnds(leases);
        this.reads = reads;
        this.place = place;
        this.settings = settings;
        this.queue = new RequestQueue(settings.queuedRequests());
        this.thread = Thread.ofPlatform().name("sequencer").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public State state() {
        return state;
    }

    /** Where the node that writes is reached, {@code host:port}; empty when it is this one, or not known. */
    public String writer() {
        return state instanceof State.Following following ? following.writer() : "";
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

    /** Reads wait for what others put into the log: the writer looks there, which it does not without cause. */
    public void look() {
        queue.sign();
    }

    private void run() {
        while (!closing && !(state instanceof State.Stopped)) {
            if (!place.election().isElected()) {
                follow();
            } else if (isWriting()) {
                write();
            } else {
                takeOver();
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
        following = false;
        attempt(State.TakingOver::new, () -> {
            long epoch = tenure.begin(place.address());
            long now = now();
            leases.clear();
            tenure.leases().forEach(lease -> leases.start(lease, now));
            state = new State.Writing();
            reads.applied();
            LOG.info("This node writes the keyspace: epoch={} revision={}", epoch, tenure.revision());
        });
    }

    private void follow() {
        attempt(why -> new State.Following(tenure.writer(), why), () -> {
            if (!following) {
                LOG.info("Another node is to write the keyspace: revision={}", tenure.revision());
                state = State.Following.of("");
                leases.clear();
                tenure.arrive();
                following = true;
            }
            failAll(Failure.NO_LEADER); // what came in before it was known
            tenure.follow(FOLLOW);
            String writer = tenure.writer().equals(place.address()) ? "" : tenure.writer();
            place.election().follows(writer);
            state = State.Following.of(writer);
            reads.applied();
        });
    }

    /** What asks the log. */
    @FunctionalInterface
    private interface Asking {
        void run() throws Exception;
    }

    /** @param failed what to be when it did not work and may work later */
    private void attempt(Function<String, State> failed, Asking asking) {
        try {
            asking.run();
        } catch (LostLogException e) {
            LOG.error("The keyspace cannot be written or read: {}", e.getMessage(), e);
            state = new State.Stopped(why(e));
        } catch (Exception e) {
            // Kafka's and RocksDB's failures come in many types; none may end the only thread
            String why = why(e);
            if (!why.equals(state.why())) {
                LOG.warn("The keyspace cannot be written or read yet, and is tried again and again: {}", why, e);
            }
            state = failed.apply(why);
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
        List<Submission> taken = queue.take(settings.groupRequests(), LeaseEnds.SCAN);
        if (!taken.isEmpty()) {
            decideAndAppend(taken);
        }
        endLeases();
    }

    /** Appends as often as the bound of a group asks for. */
    private void decideAndAppend(List<Submission> taken) {
        try {
            Group group = new Group(settings.groupBytes());
            for (Submission submission : taken) {
                if (submission.abandoned()) {
                    submission.fail(Failure.TIMED_OUT);
                } else if (!tenure.decide(submission, group)) {
                    finish(group);
                    group = new Group(settings.groupBytes());
                    tenure.decide(submission, group); // alone, it always has room
                }
            }
            finish(group);
            if (reads.furthest() > 0) {
                tenure.readBack(reads.furthest());
                reads.applied();
            }
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
        if (!tenure.isNewest()) {
            pause(); // who took over was elected, and this node is about to hear of it
        }
    }

    private void endLeases() {
        if (isWriting()) {
            List<Submission> ends = leaseEnds.due(now());
            if (!ends.isEmpty()) {
                decideAndAppend(ends);
            }
        }
    }

    private void failAll(Failure failure) {
        queue.takeAll().forEach(submission -> submission.fail(failure));
    }

    /** Nanoseconds of the clock by which leases are measured. */
    public static long now() {
        return System.nanoTime() - ORIGIN;
    }

    /** Ends what was begun, and answers the rest that it was not. */
    @Override
    public void close() {
        closing = true;
        queue.sign(); // so that nobody waits for more
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failAll(Failure.STOPPED);
    }
}
