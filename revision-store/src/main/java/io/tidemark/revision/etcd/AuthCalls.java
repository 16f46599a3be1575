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
    void change(Command.OfUsers command, Call call, Function<ResponseHeader, MessageLite> message) {
        store.write(command, call, told -> message.apply(headers.at(told.revision())));
    }

    /** @param check what there is against the question; null when nothing */
    void read(
            Call call,
            BiFunction<Identity, Auth, @Nullable Refusal> check,
            BiFunction<Auth, ResponseHeader, MessageLite> answer) {
        store.answer(
                call,
                (asker, view) -> check.apply(asker, view.auth()),
                view -> answer.apply(view.auth(), headers.at(view.revision())));
    }
}
