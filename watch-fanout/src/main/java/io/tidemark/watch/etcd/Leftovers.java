package io.tidemark.watch.etcd;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.revision.sequencer.Sequencer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What calls that came to nothing leave, and that others would wait for: undone, again and again while the log is not to be had.
 * When another node takes over, it stays until its lease ends. From any thread.
 */
final class Leftovers {
    private final Sequencer sequencer;
    private final BlockingQueue<Leftover> again;

    private record Leftover(Command command, Asker asker) {}

    /** @param most that wait to be undone; what is more stays until its lease ends */
    Leftovers(Sequencer sequencer, int most) {
        this.sequencer = sequencer;
        this.again = new ArrayBlockingQueue<>(most);
    }

    /** @param then done when it was tried */
    void undo(Command command, Asker asker, Runnable then) {
        Leftover leftover = new Leftover(command, asker);
        sequencer.submit(command, asker, new Reply() {
            @Override
            public void told(Answer answer) {
                then.run();
            }

            @Override
            public void refused(Refusal refusal) {
                then.run();
            }

            @Override
            public void failed(Failure failure) {
                if (failure != Failure.STOPPED) {
                    again.offer(leftover);
                }
                then.run();
            }
        });
    }

    /** Tries those again that failed. */
    void look() {
        if (!sequencer.writer().isEmpty()) {
            again.clear();
        } else if (sequencer.isWriting()) {
            for (int left = again.size(); left > 0; left--) {
                Leftover leftover = again.poll();
                if (leftover != null) {
                    undo(leftover.command(), leftover.asker(), () -> {});
                }
            }
        }
    }
}
