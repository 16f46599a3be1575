package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.auth.UserCommand;
import io.tidemark.revision.etcd.proto.AuthDisableResponse;
import io.tidemark.revision.etcd.proto.AuthEnableResponse;
import io.tidemark.revision.etcd.proto.AuthStatusResponse;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.User;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.View;
import io.vertx.grpc.common.GrpcStatus;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Those of {@code etcdserverpb.Auth} on whether users are asked for, and on tokens. */
final class AuthMethods {
    /** etcd's text. */
    private static final String VERIFY_ONLY = "auth: token signing attempted with verify-only key";

    private final Store store;
    private final Headers headers;
    private final Tokens tokens;
    private final ReadWorkers workers;
    private final AuthCalls calls;

    /** @param workers where passwords are compared */
    AuthMethods(AuthCalls calls, Tokens tokens, ReadWorkers workers) {
        this.store = calls.store();
        this.headers = calls.headers();
        this.calls = calls;
        this.tokens = tokens;
        this.workers = workers;
    }

    Map<String, Method> methods() {
        return Map.of(
                "etcdserverpb.Auth/AuthEnable", this::enable,
                "etcdserverpb.Auth/AuthDisable", this::disable,
                "etcdserverpb.Auth/AuthStatus", this::status,
                "etcdserverpb.Auth/Authenticate", this::authenticate);
    }

    private void enable(byte[] bytes, Call call) {
        calls.change(
                new UserCommand.Enable(),
                call,
                header -> AuthEnableResponse.newBuilder().setHeader(header).build());
    }

    private void disable(byte[] bytes, Call call) {
        calls.change(
                new UserCommand.Disable(),
                call,
                header -> AuthDisableResponse.newBuilder().setHeader(header).build());
    }

    private void status(byte[] bytes, Call call) {
        calls.read(
                call,
                (asker, auth) -> auth.enabled() && asker.isStranger() ? Refusal.INVALID_AUTH_TOKEN : null,
                (auth, header) -> AuthStatusResponse.newBuilder()
                        .setHeader(header)
                        .setEnabled(auth.enabled())
                        .setAuthRevision(auth.revision())
                        .build());
    }

    private void authenticate(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthenticateRequest request = AuthenticateRequest.parseFrom(bytes);
        authenticate(request, call);
    }

    private void authenticate(AuthenticateRequest request, Call call) {
        store.read(call, view -> begin(request, view, call));
    }

    private void begin(AuthenticateRequest request, View view, Call call) {
        Auth auth;
        try (view) {
            auth = view.auth();
        }
        Refusal refusal = refusal(request.getName(), auth);
        if (refusal == null) {
            workers.work(call, () -> compare(request, auth, call));
        } else {
            call.refuse(refusal);
        }
    }

    private static @Nullable Refusal refusal(String name, Auth auth) {
        if (!auth.enabled()) {
            return Refusal.AUTH_NOT_ENABLED;
        }
        User user = auth.user(name);
        if (user == null) {
            return Refusal.AUTH_FAILED;
        }
        return user.noPassword() ? Refusal.NO_PASSWORD_USER : null;
    }

    /** On a worker. When users changed meanwhile, the password may be another one by now. */
    private void compare(AuthenticateRequest request, Auth auth, Call call) {
        User user = Objects.requireNonNull(auth.user(request.getName())); // looked for before
        if (!Passwords.match(request.getPassword(), user.hash())) {
            call.refuse(Refusal.AUTH_FAILED);
            return;
        }
        try (View now = store.image().view()) {
            if (now.auth().revision() != auth.revision()) {
                call.loop().execute(() -> authenticate(request, call));
                return;
            }
            String token = tokens.issue(user, auth.revision(), now.position().nextOffset(), Sequencer.now());
            if (token == null) {
                call.loop().execute(() -> call.refuse(GrpcStatus.UNKNOWN, VERIFY_ONLY));
                return;
            }
            long revision = now.revision();
            call.answer(() -> AuthenticateResponse.newBuilder()
                    .setHeader(headers.at(revision))
                    .setToken(token)
                    .build());
        }
    }
}
