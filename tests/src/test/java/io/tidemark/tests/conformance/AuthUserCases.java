package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.bytes;
import static io.tidemark.tests.conformance.Ask.range;
import static io.tidemark.tests.conformance.AuthOnCases.enabled;
import static io.tidemark.tests.conformance.AuthOnCases.everybody;
import static io.tidemark.tests.conformance.AuthOnCases.has;
import static io.tidemark.tests.conformance.AuthOnCases.login;
import static io.tidemark.tests.conformance.AuthOnCases.permit;
import static io.tidemark.tests.conformance.AuthOnCases.role;
import static io.tidemark.tests.conformance.AuthOnCases.user;

import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.AuthRoleDeleteRequest;
import io.tidemark.revision.etcd.proto.AuthRoleGetRequest;
import io.tidemark.revision.etcd.proto.AuthRoleGrantPermissionRequest;
import io.tidemark.revision.etcd.proto.AuthRoleListRequest;
import io.tidemark.revision.etcd.proto.AuthRoleRevokePermissionRequest;
import io.tidemark.revision.etcd.proto.AuthStatusRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserChangePasswordRequest;
import io.tidemark.revision.etcd.proto.AuthUserDeleteRequest;
import io.tidemark.revision.etcd.proto.AuthUserGetRequest;
import io.tidemark.revision.etcd.proto.AuthUserListRequest;
import io.tidemark.revision.etcd.proto.AuthUserRevokeRoleRequest;
import io.tidemark.revision.etcd.proto.Permission;
import io.tidemark.revision.etcd.proto.UserAddOptions;

/** Users and roles themselves while everybody is asked for a token: who may see and change them, and their passwords. */
final class AuthUserCases {
    private AuthUserCases() {}

    static Program administration() {
        Script script = enabled("auth/administration", "users and roles are root's; the others ask about themselves");
        everybody(
                script,
                AuthUserGetRequest.newBuilder().setName("ann"),
                AuthUserGetRequest.newBuilder().setName("root"),
                AuthUserGetRequest.newBuilder().setName("bob"),
                AuthUserGetRequest.newBuilder(),
                AuthRoleGetRequest.newBuilder().setRole("some"),
                AuthRoleGetRequest.newBuilder().setRole("root"),
                AuthRoleGetRequest.newBuilder().setRole("other"),
                AuthUserListRequest.newBuilder(),
                AuthRoleListRequest.newBuilder(),
                user("bob"),
                user(""),
                role("other"),
                role(""),
                has("ann", "root"),
                AuthUserRevokeRoleRequest.newBuilder().setName("ann").setRole("root"),
                permit("other", "a", "", Permission.Type.READ),
                AuthRoleGrantPermissionRequest.newBuilder().setName("other"),
                AuthRoleRevokePermissionRequest.newBuilder().setRole("other").setKey(bytes("a")),
                AuthRoleDeleteRequest.newBuilder().setRole("other"),
                AuthRoleDeleteRequest.newBuilder().setRole("root"),
                AuthUserDeleteRequest.newBuilder().setName("root"),
                AuthUserRevokeRoleRequest.newBuilder().setName("root").setRole("root"));
        return script.as("root")
                .ask(
                        AuthRoleDeleteRequest.newBuilder().setRole("some"),
                        AuthUserGetRequest.newBuilder().setName("ann"))
                .as("ann")
                .ask(range("b"), AuthUserGetRequest.newBuilder().setName("ann"))
                .as("root")
                .ask(AuthUserDeleteRequest.newBuilder().setName("ann"), AuthUserListRequest.newBuilder())
                .as("ann")
                .ask(range("b"), AuthUserGetRequest.newBuilder().setName("ann"))
                .end();
    }

    static Program passwords() {
        Message.Builder none = AuthUserAddRequest.newBuilder()
                .setName("none")
                .setOptions(UserAddOptions.newBuilder().setNoPassword(true));
        return enabled("auth/passwords", "users without a password, long ones, and hashes that clients make")
                .as("root")
                .ask(none, login("none", ""), login("none", "x"))
                .ask(AuthUserChangePasswordRequest.newBuilder().setName("none").setPassword("x"), login("none", "x"))
                .ask(AuthUserAddRequest.newBuilder().setName("empty"), login("empty", ""), login("empty", "x"))
                .ask(user("x".repeat(72)), login("x".repeat(72), "x".repeat(72)), user("x".repeat(73)))
                .ask(AuthUserChangePasswordRequest.newBuilder().setName("ann").setPassword("x".repeat(73)))
                .ask(AuthUserChangePasswordRequest.newBuilder().setName("ann"), login("ann", ""), login("ann", "ann"))
                .ask(AuthUserChangePasswordRequest.newBuilder().setName("ann").setHashedPassword("no base64"))
                .ask(AuthUserChangePasswordRequest.newBuilder()
                        .setName("ann")
                        // of "secret", cost 4
                        .setHashedPassword(
                                "JDJhJDA0JHR1U3p0Y1lHRkJsaVFNMXhvRGFZaC5VWlR5eFpJbU9mSExiOVR6RC9ZQ1NVbEJsNXM3QmNX"))
                .ask(login("ann", "secret"), login("ann", "other"), AuthStatusRequest.newBuilder())
                .end();
    }
}
