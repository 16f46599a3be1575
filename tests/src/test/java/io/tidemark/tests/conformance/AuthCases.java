package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.bytes;
import static io.tidemark.tests.conformance.Ask.everything;

import io.tidemark.revision.etcd.proto.AuthDisableRequest;
import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
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
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleRequest;
import io.tidemark.revision.etcd.proto.AuthUserListRequest;
import io.tidemark.revision.etcd.proto.AuthUserRevokeRoleRequest;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.Permission;
import java.util.List;

/** Users and roles while nobody is asked for a token. */
final class AuthCases {
    private AuthCases() {}

    static List<Program> all() {
        return List.of(disabled(), users(), roles());
    }

    private static Program disabled() {
        return new Script("auth/disabled", "while auth is off: status, tokens, turning it off, turning it on too early")
                .ask(
                        AuthStatusRequest.newBuilder(),
                        AuthenticateRequest.newBuilder().setName("root").setPassword("x"))
                .ask(AuthDisableRequest.newBuilder(), AuthEnableRequest.newBuilder())
                .ask(AuthUserAddRequest.newBuilder().setName("root").setPassword("x"), AuthEnableRequest.newBuilder())
                .ask(AuthStatusRequest.newBuilder(), everything())
                .end();
    }

    private static Program users() {
        return new Script("auth/users", "users come, get roles and go; what is refused on the way")
                .ask(
                        AuthUserListRequest.newBuilder(),
                        user(""),
                        user("ann"),
                        user("ann"),
                        AuthUserListRequest.newBuilder())
                .ask(
                        AuthUserGetRequest.newBuilder().setName("ann"),
                        AuthUserGetRequest.newBuilder().setName("bob"))
                .ask(AuthUserChangePasswordRequest.newBuilder().setName("ann").setPassword("y"))
                .ask(AuthUserChangePasswordRequest.newBuilder().setName("bob").setPassword("y"))
                .ask(AuthUserGrantRoleRequest.newBuilder().setUser("ann").setRole("reader"))
                .ask(
                        AuthRoleAddRequest.newBuilder().setName("reader"),
                        AuthRoleAddRequest.newBuilder().setName("writer"))
                .ask(AuthUserGrantRoleRequest.newBuilder().setUser("ann").setRole("writer"))
                .ask(AuthUserGrantRoleRequest.newBuilder().setUser("ann").setRole("reader"))
                .ask(AuthUserGrantRoleRequest.newBuilder().setUser("ann").setRole("reader"))
                .ask(AuthUserGrantRoleRequest.newBuilder().setUser("bob").setRole("reader"))
                .ask(AuthUserGetRequest.newBuilder().setName("ann"))
                .ask(AuthUserRevokeRoleRequest.newBuilder().setName("ann").setRole("writer"))
                .ask(AuthUserRevokeRoleRequest.newBuilder().setName("ann").setRole("writer"))
                .ask(AuthUserRevokeRoleRequest.newBuilder().setName("bob").setRole("writer"))
                .ask(
                        AuthRoleDeleteRequest.newBuilder().setRole("reader"),
                        AuthUserGetRequest.newBuilder().setName("ann"))
                .ask(
                        AuthUserDeleteRequest.newBuilder().setName("ann"),
                        AuthUserDeleteRequest.newBuilder().setName("ann"))
                .ask(AuthStatusRequest.newBuilder(), AuthUserListRequest.newBuilder(), AuthRoleListRequest.newBuilder())
                .end();
    }

    private static AuthUserAddRequest.Builder user(String name) {
        return AuthUserAddRequest.newBuilder().setName(name).setPassword("x");
    }

    private static Program roles() {
        AuthRoleGetRequest.Builder reader = AuthRoleGetRequest.newBuilder().setRole("reader");
        return new Script("auth/roles", "roles come, get permissions and go; what is refused on the way")
                .ask(AuthRoleListRequest.newBuilder(), AuthRoleAddRequest.newBuilder(), reader)
                .ask(
                        AuthRoleAddRequest.newBuilder().setName("reader"),
                        AuthRoleAddRequest.newBuilder().setName("reader"))
                .ask(permit("b", "c", Permission.Type.READ), permit("a", "", Permission.Type.WRITE), reader)
                .ask(permit("b", "c", Permission.Type.READWRITE), permit("b", "\0", Permission.Type.READ), reader)
                .ask(permit("", "", Permission.Type.READ), permit("\0", "\0", Permission.Type.READ), reader)
                .ask(
                        permit("c", "b", Permission.Type.READ),
                        AuthRoleGrantPermissionRequest.newBuilder().setName("reader"))
                .ask(forbid("b", "c"), forbid("b", "c"), forbid("x", ""), reader)
                .ask(AuthRoleRevokePermissionRequest.newBuilder()
                        .setRole("nobody")
                        .setKey(bytes("a")))
                .ask(AuthRoleGrantPermissionRequest.newBuilder()
                        .setName("nobody")
                        .setPerm(Permission.newBuilder().setKey(bytes("a"))))
                .ask(
                        AuthRoleDeleteRequest.newBuilder().setRole("reader"),
                        AuthRoleDeleteRequest.newBuilder().setRole("reader"))
                .ask(AuthRoleListRequest.newBuilder(), AuthStatusRequest.newBuilder())
                .end();
    }

    private static AuthRoleGrantPermissionRequest.Builder permit(String key, String end, Permission.Type type) {
        Permission.Builder permission =
                Permission.newBuilder().setPermType(type).setKey(bytes(key)).setRangeEnd(bytes(end));
        return AuthRoleGrantPermissionRequest.newBuilder().setName("reader").setPerm(permission);
    }

    private static AuthRoleRevokePermissionRequest.Builder forbid(String key, String end) {
        return AuthRoleRevokePermissionRequest.newBuilder()
                .setRole("reader")
                .setKey(bytes(key))
                .setRangeEnd(bytes(end));
    }
}
