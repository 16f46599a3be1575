package io.tidemark.revision.encoding;

import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Role;
import io.tidemark.revision.machine.User;
import io.tidemark.schema.kv.AuthPermission;
import io.tidemark.schema.kv.AuthRole;
import io.tidemark.schema.kv.AuthUser;
import io.tidemark.topic.AvroBinary;
import java.nio.ByteBuffer;

/** Changes of users and roles to records of the log and back; the image keeps all of them as one such record. */
public final class AuthRecords {
    private AuthRecords() {}

    public static io.tidemark.schema.kv.AuthChanged record(AuthChanged change) {
        return new io.tidemark.schema.kv.AuthChanged(
                change.enabled(),
                change.revision(),
                change.users().stream().map(AuthRecords::record).toList(),
                change.goneUsers(),
                change.roles().stream().map(AuthRecords::record).toList(),
                change.goneRoles());
    }

    private static AuthUser record(User user) {
        return new AuthUser(user.name(), user.hash(), user.noPassword(), user.roles());
    }

    private static AuthRole record(Role role) {
        return new AuthRole(
                role.name(),
                role.permissions().stream().map(AuthRecords::record).toList());
    }

    private static AuthPermission record(Permission permission) {
        return new AuthPermission(
                ByteBuffer.wrap(permission.range().key().bytes()),
                ByteBuffer.wrap(permission.range().end().bytes()),
                permission.kind());
    }

    public static AuthChanged change(io.tidemark.schema.kv.AuthChanged record) {
        return new AuthChanged(
                record.getEnabled(),
                record.getAuthRevision(),
                record.getUsers().stream().map(AuthRecords::user).toList(),
                record.getGoneUsers(),
                record.getRoles().stream().map(AuthRecords::role).toList(),
                record.getGoneRoles());
    }

    private static User user(AuthUser record) {
        return new User(record.getName(), record.getPasswordHash(), record.getNoPassword(), record.getRoles());
    }

    private static Role role(AuthRole record) {
        return new Role(
                record.getName(),
                record.getPermissions().stream().map(AuthRecords::permission).toList());
    }

    private static Permission permission(AuthPermission record) {
        KeyRange range =
                new KeyRange(Key.of(AvroBinary.bytes(record.getKey())), Key.of(AvroBinary.bytes(record.getRangeEnd())));
        return new Permission(range, record.getKind());
    }
}
