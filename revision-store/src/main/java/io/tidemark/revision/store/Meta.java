package io.tidemark.revision.store;

import io.tidemark.revision.encoding.AuthRecords;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.store.ImageUnusableException.Reason;
import io.tidemark.topic.AvroBinary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The entries of the table of that name. */
final class Meta {
    /** {@link State}. */
    static final byte[] STATE = name("state");
    /** The revision up to which compacted versions were removed. */
    static final byte[] REMOVED = name("removed");

    /** The alarms that are raised; absent while none ever was. */
    static final byte[] ALARMS = name("alarms");

    /** Users and roles, all of them as one record of the log; absent while there never was any. */
    static final byte[] AUTH = name("auth");

    /** There while a group is written in parts: what is on disk then is no moment of the keyspace. */
    static final byte[] UNFINISHED = name("unfinished");

    static final byte[] FORMAT = name("format");
    static final long FORMAT_OF_THIS = 4;

    private Meta() {}

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the state, and makes that of an empty keyspace when there is none.
     *
     * @throws ImageUnusableException when the image is of another format
     */
    static State open(Database database) {
        byte[] format = database.now().get(Table.META, FORMAT);
        byte[] state = database.now().get(Table.META, STATE);
        if (format == null && state == null) {
            Batch batch = new Batch();
            batch.put(database.family(Table.META), FORMAT, encode(FORMAT_OF_THIS));
            batch.put(database.family(Table.META), STATE, State.START.encode());
            database.write(batch);
            return State.START;
        }
        if (format == null || state == null) {
            throw Failures.damaged("the image has no " + (format == null ? "format" : "state"));
        }
        if (decode(format) != FORMAT_OF_THIS) {
            throw new ImageUnusableException(
                    Reason.OTHER_FORMAT, "expected an image of format " + FORMAT_OF_THIS + ", found " + decode(format));
        }
        if (database.now().get(Table.META, UNFINISHED) != null) {
            throw new ImageUnusableException(
                    Reason.UNFINISHED, "the process ended while a large group was written to it");
        }
        return State.decode(state, alarms(database), auth(database));
    }

    /** Whether what was written last is this state: nothing behind it was written, and no part of anything. */
    static boolean isAt(Database database, State state) {
        try {
            return Arrays.equals(database.now().get(Table.META, STATE), state.encode())
                    && database.now().get(Table.META, UNFINISHED) == null;
        } catch (ImageUnusableException e) {
            return false;
        }
    }

    private static Alarms alarms(Database database) {
        byte[] stored = database.now().get(Table.META, ALARMS);
        return stored == null ? Alarms.NONE : decodeAlarms(stored);
    }

    /** Member (8) and kind (4) of each, one after another. */
    static byte[] encode(Alarms alarms) {
        ByteBuffer bytes = ByteBuffer.allocate(alarms.all().size() * (Long.BYTES + Integer.BYTES));
        alarms.all().forEach(alarm -> bytes.putLong(alarm.member()).putInt(alarm.kind()));
        return bytes.array();
    }

    private static Alarms decodeAlarms(byte[] stored) {
        List<Alarm> all = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        while (bytes.hasRemaining()) {
            all.add(new Alarm(bytes.getLong(), bytes.getInt()));
        }
        return new Alarms(all);
    }

    private static Auth auth(Database database) {
        byte[] stored = database.now().get(Table.META, AUTH);
        return stored == null
                ? Auth.NONE
                : Auth.NONE.with(AuthRecords.change(records().decode(stored)));
    }

    static byte[] encode(Auth auth) {
        return records().encode(AuthRecords.record(AuthChanged.toAll(auth)));
    }

    private static AvroBinary<io.tidemark.schema.kv.AuthChanged> records() {
        return new AvroBinary<>(io.tidemark.schema.kv.AuthChanged.getClassSchema());
    }

    static long removed(Database database) {
        byte[] stored = database.now().get(Table.META, REMOVED);
        return stored == null ? 0 : decode(stored);
    }

    static byte[] encode(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long decode(byte[] stored) {
        return ByteBuffer.wrap(stored).getLong();
    }
}
