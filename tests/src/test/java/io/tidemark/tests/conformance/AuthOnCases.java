package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.bytes;
import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.leases;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;
import static io.tidemark.tests.conformance.Ask.revoke;
import static io.tidemark.tests.conformance.Ask.timeToLive;

import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AuthDisableRequest;
import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
import io.tidemark.revision.etcd.proto.AuthRoleGrantPermissionRequest;
import io.tidemark.revision.etcd.proto.AuthStatusRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserChangePasswordRequest;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleRequest;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.DefragmentRequest;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveRequest;
import io.tidemark.revision.etcd.proto.MemberListRequest;
import io.tidemark.revision.etcd.proto.Permission;
import io.tidemark.revision.etcd.proto.StatusRequest;
import java.util.List;

/** Users and roles while everybody is asked for a token: root, ann with some permissions, and those who show none. */
final class AuthOnCases {
    private static final String NOBODY = "";
    private static final String STRANGER = "nobody's token";
    private static final List<String> ALL = List.of(NOBODY, STRANGER, "ann", "root");

    private AuthOnCases() {}

    static List<Program> all() {
        return List.of(
                tokens(),
                keys(),
                ranges(),
                txns(),
                leasesOfOthers(),
                maintenance(),
                AuthUserCases.administration(),
                AuthUserCases.passwords(),
                order());
    }

    /** Keys a to d and a lease, then users, then auth is on: ann reads [b, d), writes c, and reads and writes [m, o). */
    static Script enabled(String name, String shows) {
        return new Script(name, shows)
                .puts("a", "b", "c", "d", "m")
                .ask(user("root"), user("ann"), role("root"), role("some"))
                .ask(permit("some", "b", "d", Permission.Type.READ), permit("some", "c", "", Permission.Type.WRITE))
                .ask(
                        permit("some", "m", "n", Permission.Type.READWRITE),
                        permit("some", "n", "o", Permission.Type.READWRITE))
                .ask(has("root", "root"), has("ann", "some"), AuthEnableRequest.newBuilder())
                .ask(login("root", "root"), login("ann", "ann"));
    }

    static AuthUserAddRequest.Builder user(String name) {
        return AuthUserAddRequest.newBuilder().setName(name).setPassword(name);
    }

    static AuthRoleAddRequest.Builder role(String name) {
        return AuthRoleAddRequest.newBuilder().setName(name);
    }

    static AuthUserGrantRoleRequest.Builder has(String user, String role) {
        return AuthUserGrantRoleRequest.newBuilder().setUser(user).setRole(role);
    }

    static AuthenticateRequest.Builder login(String user, String password) {
        return AuthenticateRequest.newBuilder().setName(user).setPassword(password);
    }

    static AuthRoleGrantPermissionRequest.Builder permit(String role, String key, String end, Permission.Type type) {
        return AuthRoleGrantPermissionRequest.newBuilder()
                .setName(role)
                .setPerm(Permission.newBuilder()
                        .setPermType(type)
                        .setKey(bytes(key))
                        .setRangeEnd(bytes(end)));
    }

    /** Everybody asks for all of it, who may do least first. */
    static Script everybody(Script script, Object... requests) {
        for (String user : ALL) {
            script.as(user).ask(requests);
        }
        return script.as(NOBODY);
    }

    private static Program tokens() {
        return enabled("auth/tokens", "passwords, tokens, and when they are void")
                .ask(login("ann", "wrong"), login("ann", ""), login("bob", "bob"), login("", ""))
                .ask(everything(), AuthStatusRequest.newBuilder(), AuthEnableRequest.newBuilder())
                .as("ann")
                .ask(range("b"), AuthStatusRequest.newBuilder(), AuthDisableRequest.newBuilder())
                .as(STRANGER)
                .ask(range("b"), range(""), AuthStatusRequest.newBuilder(), login("ann", "ann"), compact(3))
                .as("root")
                .ask(AuthEnableRequest.newBuilder(), everything(), AuthStatusRequest.newBuilder())
                .ask(AuthUserChangePasswordRequest.newBuilder().setName("ann").setPassword("new"))
                .as("ann")
                .ask(range("b"), login("ann", "ann"), login("ann", "new"), range("b"))
                .as("root")
                .ask(AuthDisableRequest.newBuilder(), AuthStatusRequest.newBuilder(), range("b"))
                .as(STRANGER)
                .ask(put("z", "z"), everything())
                .as("ann")
                .ask(put("z", "y"), AuthEnableRequest.newBuilder(), range("b"))
                .as("root")
                .ask(range("b"), login("root", "root"), range("b"), AuthStatusRequest.newBuilder())
                .end();
    }

    private static Program keys() {
        Script script = enabled("auth/keys", "single keys: read, written, and told as they were before");
        return everybody(
                        script,
                        range("a"),
                        range("b"),
                        range("c"),
                        range("x"),
                        put("a", "1"),
                        put("b", "1"),
                        put("c", "1"),
                        put("c", "2").setPrevKv(true),
                        put("m", "1").setPrevKv(true),
                        put("", ""),
                        delete("a"),
                        delete("c"),
                        delete("c").setPrevKv(true),
                        delete("m").setPrevKv(true),
                        range("b").setRevision(99),
                        compact(99))
                .end();
    }

    private static Program ranges() {
        Script script = enabled("auth/ranges", "ranges that permissions cover, together or not at all");
        return everybody(
                        script,
                        range("b", "d"),
                        range("b", "c\0"),
                        range("bb", "cc"),
                        range("a", "c"),
                        range("b", "e"),
                        range("m", "o"),
                        range("mm", "nn"),
                        range("m", "p"),
                        range("b", "\0"),
                        everything(),
                        range("d", "b"),
                        range("cc", "bb"),
                        range("z", "a"),
                        delete("m", "o"),
                        delete("c", "d"),
                        delete("c", "c\0"),
                        delete("m", "p"),
                        range("b", "d").setCountOnly(true),
                        range("a", "d").setCountOnly(true).setSerializable(true))
                .as("root")
                .ask(permit("some", "p", "\0", Permission.Type.READ), range("p", "\0"))
                .as("ann")
                .ask(range("p", "\0"), range("q", "\0"), range("q", "r"), range("o", "\0"), range("m", "\0"))
                .end();
    }

    private static Program txns() {
        Script script = enabled("auth/txns", "transactions: every key of them, in both branches and however deep");
        return everybody(
                        script,
                        Txn.of(),
                        Txn.of(range("b")),
                        Txn.of(range("a")),
                        Txn.of(Txn.of()),
                        Txn.when(Is.present("b")).then(put("c", "1")),
                        Txn.when(Is.present("a")).then(put("c", "1")),
                        Txn.when(Is.present("b")).then(put("c", "1")).otherwise(put("a", "1")),
                        Txn.when(Is.present("b")).then(put("c", "1")).otherwise(range("a")),
                        Txn.of(Txn.of(Txn.of(put("a", "1")))),
                        Txn.of(Txn.when(Is.absent("a")).then(put("m", "1"))),
                        Txn.of(Txn.when(Is.absent("b")).then(put("m", "1")).otherwise(put("m", "2"))),
                        Txn.of(put("c", "1").setPrevKv(true), delete("m", "o").setPrevKv(true)),
                        Txn.of(delete("c").setPrevKv(true)),
                        Txn.of(delete("a")),
                        Txn.of(delete("c"), range("c")))
                .end();
    }

    private static Program leasesOfOthers() {
        Script script = enabled("auth/leases", "leases: granted by any user, ended and told by who may use their keys")
                .as("root")
                .ask(grant(5, 10_000), grant(6, 10_000), grant(7, 10_000))
                .ask(put("a", "x").setLease(5), put("m", "x").setLease(6));
        return everybody(
                        script,
                        grant(9, 10_000),
                        put("c", "x").setLease(5),
                        put("c", "x").setLease(6),
                        put("c", "x").setLease(99),
                        timeToLive(5),
                        timeToLive(5).setKeys(false),
                        timeToLive(6),
                        timeToLive(99),
                        leases(),
                        LeaseKeepAliveRequest.newBuilder().setID(5),
                        LeaseKeepAliveRequest.newBuilder().setID(6),
                        LeaseKeepAliveRequest.newBuilder().setID(99),
                        revoke(5),
                        revoke(6),
                        revoke(7),
                        revoke(99))
                .end();
    }

    private static Program maintenance() {
        Script script = enabled("auth/maintenance", "what only root may do with a node, and what any user may ask it");
        return everybody(
                        script,
                        StatusRequest.newBuilder(),
                        AlarmRequest.newBuilder(),
                        AlarmRequest.newBuilder().setAction(AlarmRequest.AlarmAction.DEACTIVATE),
                        DefragmentRequest.newBuilder())
                .ask(MemberListRequest.newBuilder())
                .as(STRANGER)
                .ask(MemberListRequest.newBuilder())
                .end();
    }

    private static Program order() {
        return enabled("auth/order", "which of several objections is told")
                .as("ann")
                .ask(
                        put("a", "").setLease(99),
                        put("a", "").setIgnoreValue(true),
                        put("c", "").setLease(99),
                        put("x", "1").setIgnoreLease(true),
                        range("a").setRevision(99),
                        range("a").setSortOrderValue(9),
                        Txn.of(put("a", "1"), put("a", "2")),
                        Txn.of(range("a").setRevision(99)),
                        grant(0, 9_000_000_001L))
                .as("root")
                .ask(AlarmRequest.newBuilder()
                        .setAction(AlarmRequest.AlarmAction.ACTIVATE)
                        .setAlarmValue(1))
                .as("ann")
                .ask(put("a", "1"), put("c", "1"), put("", ""), grant(3, 10_000), delete("a"), range("c"))
                .end();
    }
}
