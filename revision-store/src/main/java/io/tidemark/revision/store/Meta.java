package io.tidemark.revision.store;

import io.tidemark.revision.store.ImageUnusableException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The entries of the table of that name. */
final class Meta {
    /** {@link State}. */
    static final byte[] STATE = name("state");
    /** The revision up to which compacted versions were removed. */
    static final byte[] REMOVED = name("removed");

    static final byte[] FORMAT = name("format");
    private static final long FORMAT_OF_THIS = 1;

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
        return State.decode(state);
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
