package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.auth.UserCommand.AddUser;
import io.tidemark.revision.auth.UserCommand.ChangePassword;
import io.tidemark.revision.auth.UserCommand.DeleteUser;
import io.tidemark.revision.auth.UserCommand.GrantRole;
import io.tidemark.revision.auth.UserCommand.RevokeRole;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddResponse;
import io.tidemark.revision.etcd.proto.AuthUserChangePasswordRequest;
import io.tidemark.revision.etcd.proto.AuthUserChangePasswordResponse;
import io.tidemark.revision.etcd.proto.AuthUserDeleteRequest;
import io.tidemark.revision.etcd.proto.AuthUserDeleteResponse;
import io.tidemark.revision.etcd.proto.AuthUserGetRequest;
import io.tidemark.revision.etcd.proto.AuthUserGetResponse;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleRequest;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleResponse;
import io.tidemark.revision.etcd.proto.AuthUserListResponse;
import io.tidemark.revision.etcd.proto.AuthUserRevokeRoleRequest;
import io.tidemark.revision.etcd.proto.AuthUserRevokeRoleResponse;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Refusal;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those of {@code etcdserverpb.Auth} on users. */
final class UserMethods {
    private final AuthCalls calls;
    private final Passwords passwords;
    private final ReadWorkers workers;

    /** @param workers where hashes are made */
    UserMethods(AuthCalls calls, Passwords passwords, ReadWorkers workers) {
        this.calls = calls;
        this.passwords = passwords;
        this.workers = workers;
    }

    Map<String, Method> methods() {
        return Map.of(
                "etcdserverpb.Auth/UserAdd", this::add,
                "etcdserverpb.Auth/UserGet", this::get,
                "etcdserverpb.Auth/UserList", this::list,
                "etcdserverpb.Auth/UserDelete", this::delete,
                "etcdserverpb.Auth/UserChangePassword", this::changePassword,
                "etcdserverpb.Auth/UserGrantRole", this::grantRole,
                "etcdserverpb.Auth/UserRevokeRole", this::revokeRole);
    }

    private void add(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthUserAddRequest request = AuthUserAddRequest.parseFrom(bytes);
        if (request.getOptions().getNoPassword()) {
            add(request, "", call);
        } else {
            hashed(request.getPassword(), call, hash -> add(request, hash, call));
        }
    }

    private void add(AuthUserAddRequest request, String hash, Call call) {
        boolean noPassword = request.getOptions().getNoPassword();
        calls.change(
                new AddUser(request.getName(), hash, noPassword),
                call,
                header -> AuthUserAddResponse.newBuilder().setHeader(header).build());
    }

    private void changePassword(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthUserChangePasswordRequest request = AuthUserChangePasswordRequest.parseFrom(bytes);
        if (request.getPassword().isEmpty()) {
            String hash = decoded(request.getHashedPassword());
            if (hash == null) {
                call.refuse(Refusal.NO_PASSWORD_USER);
            } else {
                changePassword(request, hash, call);
            }
        } else {
            hashed(request.getPassword(), call, hash -> changePassword(request, hash, call));
        }
    }

    private static @Nullable String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void changePassword(AuthUserChangePasswordRequest request, String hash, Call call) {
        calls.change(
                new ChangePassword(request.getName(), hash),
                call,
                header -> AuthUserChangePasswordResponse.newBuilder()
                        .setHeader(header)
                        .build());
    }

    private void hashed(String password, Call call, Consumer<String> then) {
        if (Passwords.isTooLong(password)) {
            call.refuse(GrpcStatus.UNKNOWN, "bcrypt: password length exceeds 72 bytes");
            return;
        }
        workers.work(call, () -> {
            String hash = passwords.hash(password);
            call.loop().execute(() -> then.accept(hash));
        });
    }

    private void delete(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthUserDeleteRequest request = AuthUserDeleteRequest.parseFrom(bytes);
        calls.change(
                new DeleteUser(request.getName()),
                call,
                header -> AuthUserDeleteResponse.newBuilder().setHeader(header).build());
    }

    private void grantRole(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthUserGrantRoleRequest request = AuthUserGrantRoleRequest.parseFrom(bytes);
        calls.change(
                new GrantRole(request.getUser(), request.getRole()),
                call,
                header ->
                        AuthUserGrantRoleResponse.newBuilder().setHeader(header).build());
    }

    private void revokeRole(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthUserRevokeRoleRequest request = AuthUserRevokeRoleRequest.parseFrom(bytes);
        calls.change(
                new RevokeRole(request.getName(), request.getRole()),
                call,
                header -> AuthUserRevokeRoleResponse.newBuilder()
                        .setHeader(header)
                        .build());
    }

    private void get(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        String name = AuthUserGetRequest.parseFrom(bytes).getName();
        calls.read(
                call,
                (asker, auth) -> getting(name, asker, auth),
                (auth, header) -> AuthUserGetResponse.newBuilder()
                        .setHeader(header)
                        .addAllRoles(Objects.requireNonNull(auth.user(name)).roles())
                        .build());
    }

    /** Users may ask about themselves. */
    private static @Nullable Refusal getting(String name, Identity asker, Auth auth) {
        Refusal notAnybody = asker.administering(auth);
        boolean own = name.equals(asker.user()) && !asker.isStranger();
        if (notAnybody != null && !own) {
            return notAnybody;
        }
        return auth.user(name) == null ? Refusal.USER_NOT_FOUND : null;
    }

    private void list(byte[] bytes, Call call) {
        calls.read(
                call,
                Identity::administering,
                (auth, header) -> AuthUserListResponse.newBuilder()
                        .setHeader(header)
                        .addAllUsers(auth.users().keySet())
                        .build());
    }
}
