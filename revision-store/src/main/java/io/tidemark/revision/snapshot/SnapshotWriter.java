package io.tidemark.revision.snapshot;

import io.tidemark.revision.bolt.BoltWriter;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Lease;
import io.tidemark.revision.store.View;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Writes a keyspace at one moment as etcd's file: every version that is kept, leases, users and roles, alarms, what was
 * compacted, and when things were committed. There is no member in it, as whoever restores it says what the new cluster is.
 */
public final class SnapshotWriter {
    /** The oldest release whose file this can be: later ones take it, too. */
    public static final String STORAGE_VERSION = "3.6.0";

    /** What etcd does not have, and does not mind: when each revision (8) was committed, microseconds since 1970 (8). */
    public static final String TIMES = "tidemark_times";

    public static final int HEAD_BYTES = BoltWriter.HEAD_BYTES;

    private static final byte[] NOTHING = {};
    private static final byte[] YES = {1};

    private final View view;
    private final BoltWriter file;

    private SnapshotWriter(View view, OutputStream out) {
        this.view = view;
        this.file = new BoltWriter(out);
    }

    /**
     * Writes all but the head.
     *
     * @return the head, which stands first in the file
     */
    public static byte[] write(View view, OutputStream out) throws IOException {
        return new SnapshotWriter(view, out).write();
    }

    /** Buckets in the order of their names. */
    private byte[] write() throws IOException {
        bucket("alarm", alarms());
        Auth auth = view.auth();
        NavigableMap<byte[], byte[]> settings = named(Map.of("authRevision", Rows.number(auth.revision())));
        if (auth.enabled()) {
            settings.put(utf8("authEnabled"), YES);
        }
        bucket("auth", settings);
        NavigableMap<byte[], byte[]> roles = sorted();
        auth.roles().forEach((name, role) -> roles.put(utf8(name), Rows.role(role)));
        bucket("authRoles", roles);
        NavigableMap<byte[], byte[]> users = sorted();
        auth.users().forEach((name, user) -> users.put(utf8(name), Rows.user(user)));
        bucket("authUsers", users);
        bucket("cluster", named(Map.of("clusterVersion", utf8(STORAGE_VERSION))));
        file.bucket("key");
        view.history(
                (revision, sub, deletion, version) -> file.put(Rows.revision(revision, sub, deletion), bytes(version)));
        bucket("lease", leases());
        bucket("members", sorted());
        bucket("members_removed", sorted());
        bucket("meta", meta());
        file.bucket(TIMES);
        view.times(time -> file.put(Rows.number(time.revision()), Rows.number(time.micros())));
        return file.head();
    }

    private NavigableMap<byte[], byte[]> alarms() {
        NavigableMap<byte[], byte[]> rows = sorted();
        for (Alarm alarm : view.alarms().all()) {
            rows.put(Rows.alarm(alarm), NOTHING);
        }
        return rows;
    }

    private NavigableMap<byte[], byte[]> leases() {
        NavigableMap<byte[], byte[]> rows = sorted();
        for (Lease lease : view.leases()) {
            rows.put(Rows.number(lease.id()), Rows.lease(lease));
        }
        return rows;
    }

    /** Index and term are those of the log; a restored etcd begins with its own. */
    private NavigableMap<byte[], byte[]> meta() {
        NavigableMap<byte[], byte[]> rows = named(Map.of(
                "consistent_index",
                Rows.number(Math.max(1, view.position().nextOffset())),
                "storageVersion",
                utf8(STORAGE_VERSION),
                "term",
                Rows.number(Math.max(1, view.position().epoch()))));
        if (view.compacted() > 0) {
            for (String name : List.of("finishedCompactRev", "scheduledCompactRev")) {
                rows.put(utf8(name), Rows.revision(view.compacted(), 0));
            }
        }
        return rows;
    }

    private void bucket(String name, NavigableMap<byte[], byte[]> rows) throws IOException {
        file.bucket(name);
        for (var row : rows.entrySet()) {
            file.put(row.getKey(), row.getValue());
        }
    }

    private static NavigableMap<byte[], byte[]> named(Map<String, byte[]> values) {
        NavigableMap<byte[], byte[]> rows = sorted();
        values.forEach((name, value) -> rows.put(utf8(name), value));
        return rows;
    }

    private static NavigableMap<byte[], byte[]> sorted() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer version) {
        byte[] bytes = new byte[version.remaining()];
        version.get(bytes);
        return bytes;
    }
}
