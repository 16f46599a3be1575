package io.tidemark.revision.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.auth.RoleCommand.AddRole;
import io.tidemark.revision.auth.RoleCommand.DeleteRole;
import io.tidemark.revision.auth.RoleCommand.GrantPermission;
import io.tidemark.revision.auth.RoleCommand.RevokePermission;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
import io.tidemark.revision.etcd.proto.AuthRoleAddResponse;
import io.tidemark.revision.etcd.proto.AuthRoleDeleteRequest;
import io.tidemark.revision.etcd.proto.AuthRoleDeleteResponse;
import io.tidemark.revision.etcd.proto.AuthRoleGetRequest;
import io.tidemark.revision.etcd.proto.AuthRoleGetResponse;
import io.tidemark.revision.etcd.proto.AuthRoleGrantPermissionRequest;
import io.tidemark.revision.etcd.proto.AuthRoleGrantPermissionResponse;
import io.tidemark.revision.etcd.proto.AuthRoleListResponse;
import io.tidemark.revision.etcd.proto.AuthRoleRevokePermissionRequest;
import io.tidemark.revision.etcd.proto.AuthRoleRevokePermissionResponse;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.Role;
import io.tidemark.revision.machine.User;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Those of {@code etcdserverpb.Auth} on roles. */
final class RoleMethods {
    /** What etcd tells of the role that may do everything, whatever was granted to it. */
    private static final Permission EVERYTHING =
            new Permission(new KeyRange(Key.of(new byte[0]), Key.of(new byte[] {0})), Permission.READ_WRITE);

    private final AuthCalls calls;

    RoleMethods(AuthCalls calls) {
        this.calls = calls;
    }

    Map<String, Method> methods() {
        return Map.of(
                "etcdserverpb.Auth/RoleAdd", this::add,
                "etcdserverpb.Auth/RoleGet", this::get,
                "etcdserverpb.Auth/RoleList", this::list,
                "etcdserverpb.Auth/RoleDelete", this::delete,
                "etcdserverpb.Auth/RoleGrantPermission", this::grantPermission,
                "etcdserverpb.Auth/RoleRevokePermission", this::revokePermission);
    }

    private void add(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthRoleAddRequest request = AuthRoleAddRequest.parseFrom(bytes);
        calls.change(
                new AddRole(request.getName()),
                call,
                header -> AuthRoleAddResponse.newBuilder().setHeader(header).build());
    }

    private void delete(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthRoleDeleteRequest request = AuthRoleDeleteRequest.parseFrom(bytes);
        calls.change(
                new DeleteRole(request.getRole()),
                call,
                header -> AuthRoleDeleteResponse.newBuilder().setHeader(header).build());
    }

    private void grantPermission(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthRoleGrantPermissionRequest request = AuthRoleGrantPermissionRequest.parseFrom(bytes);
        Permission permission = request.hasPerm()
                ? new Permission(
                        range(request.getPerm().getKey(), request.getPerm().getRangeEnd()),
                        request.getPerm().getPermTypeValue())
                : null;
        calls.change(
                new GrantPermission(request.getName(), permission),
                call,
                header -> AuthRoleGrantPermissionResponse.newBuilder()
                        .setHeader(header)
                        .build());
    }

    private void revokePermission(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        AuthRoleRevokePermissionRequest request = AuthRoleRevokePermissionRequest.parseFrom(bytes);
        calls.change(
                new RevokePermission(request.getRole(), range(request.getKey(), request.getRangeEnd())),
                call,
                header -> AuthRoleRevokePermissionResponse.newBuilder()
                        .setHeader(header)
                        .build());
    }

    private static KeyRange range(ByteString key, ByteString end) {
        return new KeyRange(Key.of(key.toByteArray()), Key.of(end.toByteArray()));
    }

    private void get(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        String name = AuthRoleGetRequest.parseFrom(bytes).getRole();
        calls.read(call, (asker, auth) -> getting(name, asker, auth), (auth, header) -> {
            AuthRoleGetResponse.Builder answer =
                    AuthRoleGetResponse.newBuilder().setHeader(header);
            permissions(Objects.requireNonNull(auth.role(name)))
                    .forEach(permission -> answer.addPerm(message(permission)));
            return answer.build();
        });
    }

    private static List<Permission> permissions(Role role) {
        return role.name().equals(Identity.ROOT) ? List.of(EVERYTHING) : role.permissions();
    }

    private static io.tidemark.revision.etcd.proto.Permission message(Permission permission) {
        return io.tidemark.revision.etcd.proto.Permission.newBuilder()
                .setPermTypeValue(permission.kind())
                .setKey(UnsafeByteOperations.unsafeWrap(permission.range().key().bytes()))
                .setRangeEnd(
                        UnsafeByteOperations.unsafeWrap(permission.range().end().bytes()))
                .build();
    }

    /** Users may ask about roles that they have. */
    private static @Nullable Refusal getting(String name, Identity asker, Auth auth) {
        Refusal notAnybody = asker.administering(auth);
        User user = auth.user(asker.user());
        boolean own = user != null && user.has(name);
        if (notAnybody != null && !own) {
            return notAnybody;
        }
        return auth.role(name) == null ? Refusal.ROLE_NOT_FOUND : null;
    }

    private void list(byte[] bytes, Call call) {
        calls.read(
                call,
                Identity::administering,
                (auth, header) -> AuthRoleListResponse.newBuilder()
                        .setHeader(header)
                        .addAllRoles(auth.roles().keySet())
                        .build());
    }
}
