package io.tidemark.revision.sequencer;

import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision;
import org.jspecify.annotations.Nullable;

/** A request on its way through the writer. Its outcome waits until all that it was decided on is durable. */
final class Submission {
    private final Command command;
    private final Asker asker;
    private final Reply reply;
    private @Nullable Decision decision;
    private boolean told;

    Submission(Command command, Asker asker, Reply reply) {
        this.command = command;
        this.asker = asker;
        this.reply = reply;
    }

    Command command() {
        return command;
    }

    Asker asker() {
        return asker;
    }

    boolean abandoned() {
        return reply.abandoned();
    }

    void decided(Decision outcome) {
        decision = outcome;
    }

    /** What was decided holds. */
    void tell() {
        Decision outcome = decision;
        if (outcome == null || told) {
            return;
        }
        told = true;
        switch (outcome) {
            case Decision.Commit commit -> reply.told(commit.answer());
            case Decision.Tell tell -> reply.told(tell.answer());
            case Decision.Refuse refuse -> reply.refused(refuse.refusal());
            case Decision.Alert alert -> reply.refused(alert.refusal());
        }
    }

    /** There will be no answer, unless there was one already. */
    void fail(Failure undecided) {
        if (!told) {
            told = true;
            reply.failed(decision == null ? undecided : Failure.TIMED_OUT);
        }
    }
}
