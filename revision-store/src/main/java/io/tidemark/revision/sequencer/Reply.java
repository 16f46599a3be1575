package io.tidemark.revision.sequencer;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Refusal;

/** Where the outcome of a request goes: exactly one of the three is called, once, and must return at once. */
public interface Reply {
    /** Of a request that nobody waits for. */
    Reply NOBODY = new Reply() {
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
    };

    /** What was decided is in the log for good. */
    void told(Answer answer);

    /** The request changes nothing. */
    void refused(Refusal refusal);

    /** There is no answer. */
    void failed(Failure failure);

    /** Whether nobody waits any more; what was not begun is then left, and has failed. */
    default boolean abandoned() {
        return false;
    }
}
