package io.tidemark.watch.etcd;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.etcd.Extension;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reads;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.revision.store.View;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the newest keys for calls that go on with what was found. */
final class Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);

    private final Extension.Host host;
    private final Machine machine;

    Reader(Extension.Host host) {
        this.host = host;
        this.machine = new Machine(Limits.ETCD, host.headers().memberId());
    }

    /**
     * Reads what every write left that was answered before, in the name of who calls. On the call's event loop.
     *
     * @param reply told on any thread
     */
    void read(Command.Range range, Call call, Reply reply) {
        call.awaitLogAgain();
        host.store()
                .reads()
                .linearizable(
                        new Reads.Reading() {
                            @Override
                            public void from(View view) {
                                call.served();
                                Identity asker = call.asker(); // as of this view, not of the call
                                later(view, range, asker, reply);
                            }

                            @Override
                            public void failed(Failure failure) {
                                reply.failed(failure);
                            }
                        },
                        call.loop());
    }

    /** Many may stand in a queue: a worker looks. */
    private void later(View view, Command.Range range, Identity asker, Reply reply) {
        boolean taken = host.workers().offer(() -> {
            try (view) {
                answer(view, range, asker, reply);
            } catch (RuntimeException e) {
                LOG.error("Keys could not be read for a call", e);
                reply.failed(Failure.STOPPED);
            }
        });
        if (!taken) {
            view.close();
            reply.failed(Failure.TOO_MANY_REQUESTS);
        }
    }

    private void answer(View view, Command.Range range, Identity asker, Reply reply) {
        Refusal refusal = machine.refusal(view, range, asker);
        if (refusal != null) {
            reply.refused(refusal);
        } else if (machine.decide(view, range) instanceof Decision.Tell tell
                && tell.answer() instanceof Answer.Ranged ranged) {
            reply.told(ranged);
        } else {
            throw new IllegalStateException("a range that is not refused is told");
        }
    }
}
