package io.tidemark.revision.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reply;
import java.util.function.Function;

/** The outcome of a write, as the answer to a call. */
record CallReply(Call call, Function<Answer, MessageLite> message) implements Reply {
    @Override
    public void told(Answer answer) {
        call.answer(() -> message.apply(answer));
    }

    @Override
    public void refused(Refusal refusal) {
        call.refuse(refusal);
    }

    @Override
    public void failed(Failure failure) {
        call.fail(failure);
    }

    @Override
    public boolean abandoned() {
        return call.isOver();
    }
}
