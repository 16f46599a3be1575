package io.tidemark.revision.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Refusal;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the methods on users and roles have in common: changes go through the writer, questions are answered from a view. */
record AuthCalls(Store store, Headers headers) {
    /** What there is against a question; null when nothing. */
    interface Check {
        @Nullable
        Refusal refusal(Identity asker, Auth auth);
    }

    void change(Command.OfUsers command, Call call, Function<ResponseHeader, MessageLite> message) {
        store.sequencer()
                .submit(command, call.asker(), new CallReply(call, told -> message.apply(headers.at(told.revision()))));
    }

    void read(Call call, Check check, BiFunction<Auth, ResponseHeader, MessageLite> answer) {
        Identity asker = call.asker();
        CallReading reading = new CallReading(call, view -> {
            try (view) {
                Auth auth = view.auth();
                Refusal refusal = check.refusal(asker, auth);
                if (refusal == null) {
                    MessageLite message = answer.apply(auth, headers.at(view.revision()));
                    call.answer(() -> message);
                } else {
                    call.refuse(refusal);
                }
            }
        });
        store.reads().linearizable(reading, call.loop());
    }
}
