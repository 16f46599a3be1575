package io.tidemark.revision.store;

import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The numbers of a keyspace and up to where the log was applied, written together with what was applied:
 *
 * <pre>
 *   next offset (8)   epoch (8)   revision (8)   compacted (8)   micros (8)   log (2, UTF-8)   writer (UTF-8)
 * </pre>
 *
 * @param micros when the newest revision was committed; 0 before the first
 * @param alarms change seldom, and stand elsewhere: {@link Meta#ALARMS}
 * @param auth the same: {@link Meta#AUTH}
 */
record State(Position position, long revision, long compacted, long micros, Alarms alarms, Auth auth) {
    /** The revision of a keyspace to which nothing was written is 1. */
    static final State START = new State(Position.START, 1, -1, 0, Alarms.NONE, Auth.NONE);

    private static final int NAMES = 5 * Long.BYTES;

    byte[] encode() {
        byte[] log = position.log().getBytes(StandardCharsets.UTF_8);
        byte[] writer = position.writer().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(NAMES + Short.BYTES + log.length + writer.length)
                .putLong(position.nextOffset())
                .putLong(position.epoch())
                .putLong(revision)
                .putLong(compacted)
                .putLong(micros)
                .putShort((short) log.length)
                .put(log)
                .put(writer)
                .array();
    }

    static State decode(byte[] stored, Alarms alarms, Auth auth) {
        ByteBuffer from = ByteBuffer.wrap(stored);
        long nextOffset = from.getLong();
        long epoch = from.getLong();
        long revision = from.getLong();
        long compacted = from.getLong();
        long micros = from.getLong();
        String log = text(from, from.getShort());
        String writer = text(from, from.remaining());
        return new State(new Position(nextOffset, epoch, log, writer), revision, compacted, micros, alarms, auth);
    }

    private static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    State at(Position after) {
        return new State(after, revision, compacted, micros, alarms, auth);
    }

    State written(long newRevision, long at) {
        return new State(position, newRevision, compacted, at, alarms, auth);
    }

    State compacted(long lowest) {
        return new State(position, revision, lowest, micros, alarms, auth);
    }

    State with(Alarms now) {
        return new State(position, revision, compacted, micros, now, auth);
    }

    State with(Auth now) {
        return new State(position, revision, compacted, micros, alarms, now);
    }
}
