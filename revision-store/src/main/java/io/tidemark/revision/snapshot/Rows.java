package io.tidemark.revision.snapshot;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.AlarmMember;
import io.tidemark.revision.etcd.proto.UserAddOptions;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Role;
import io.tidemark.revision.machine.User;
import java.nio.ByteBuffer;

/**
 * Keys and values of the buckets of etcd's file. Source: etcd's {@code server/storage/schema} and {@code
 * server/storage/mvcc/revision.go}.
 *
 * <pre>
 *   revision 5, change 1          0000000000000005 5f 0000000000000001
 *   a deletion there              0000000000000005 5f 0000000000000001 74
 * </pre>
 */
final class Rows {
    static final byte SEPARATOR = '_';
    static final byte DELETION = 't';
    static final int REVISION_BYTES = 2 * Long.BYTES + 1;

    private Rows() {}

    static byte[] revision(long revision, long sub) {
        return ByteBuffer.allocate(REVISION_BYTES)
                .putLong(revision)
                .put(SEPARATOR)
                .putLong(sub)
                .array();
    }

    static byte[] revision(long revision, long sub, boolean deletion) {
        byte[] plain = revision(revision, sub);
        return deletion
                ? ByteBuffer.allocate(plain.length + 1).put(plain).put(DELETION).array()
                : plain;
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static byte[] lease(Lease lease) {
        return io.tidemark.revision.etcd.proto.Lease.newBuilder()
                .setID(lease.id())
                .setTTL(lease.ttlSeconds())
                .build()
                .toByteArray();
    }

    static byte[] alarm(Alarm alarm) {
        return AlarmMember.newBuilder()
                .setMemberID(alarm.member())
                .setAlarmValue(alarm.kind())
                .build()
                .toByteArray();
    }

    static byte[] user(User user) {
        return io.tidemark.revision.etcd.proto.User.newBuilder()
                .setName(ByteString.copyFromUtf8(user.name()))
                .setPassword(ByteString.copyFromUtf8(user.hash()))
                .addAllRoles(user.roles())
                .setOptions(UserAddOptions.newBuilder().setNoPassword(user.noPassword()))
                .build()
                .toByteArray();
    }

    static byte[] role(Role role) {
        return io.tidemark.revision.etcd.proto.Role.newBuilder()
                .setName(ByteString.copyFromUtf8(role.name()))
                .addAllKeyPermission(
                        role.permissions().stream().map(Rows::permission).toList())
                .build()
                .toByteArray();
    }

    private static io.tidemark.revision.etcd.proto.Permission permission(Permission permission) {
        return io.tidemark.revision.etcd.proto.Permission.newBuilder()
                .setPermTypeValue(permission.kind())
                .setKey(ByteString.copyFrom(permission.range().key().bytes()))
                .setRangeEnd(ByteString.copyFrom(permission.range().end().bytes()))
                .build();
    }
}
