package io.tidemark.revision.sequencer;

import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What waits for the one thread that takes it, and a sign to look around for who has nothing to ask: one for all who give it
 * until it is taken.
 */
final class RequestQueue {
    /** The sign: asks for nothing. */
    private static final Submission NOTHING = new Submission(new Command.Compact(0), Asker.STORE, Reply.NOBODY);

    private final BlockingQueue<Submission> queue;
    /** The sign waits in the queue, or is about to. */
    private final AtomicBoolean signed = new AtomicBoolean();

    RequestQueue(int most) {
        this.queue = new ArrayBlockingQueue<>(most);
    }

    /** @return false when it is full */
    boolean offer(Submission submission) {
        return queue.offer(submission);
    }

    /** Whoever takes looks around. When the queue is full, it comes by anyway. */
    void sign() {
        if (signed.compareAndSet(false, true) && !queue.offer(NOTHING)) {
            signed.set(false);
        }
    }

    int size() {
        return queue.size();
    }

    /** Waits so long for something, and takes what is there; none when there is nothing. */
    List<Submission> take(int most, Duration wait) {
        List<Submission> taken = new ArrayList<>();
        try {
            Submission first = queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                taken.add(first);
                drainTo(taken, most - 1);
            }
        } catch (InterruptedException e) {
            return taken; // nobody does that but to end it: the caller looks
        }
        return taken;
    }

    /** Takes all that is there. */
    List<Submission> takeAll() {
        List<Submission> taken = new ArrayList<>();
        drainTo(taken, Integer.MAX_VALUE);
        return taken;
    }

    /** The sign may be among what is taken, and stands for nobody who comes from now on. */
    private void drainTo(List<Submission> taken, int most) {
        queue.drainTo(taken, most);
        signed.set(false);
    }
}
