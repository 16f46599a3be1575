package io.tidemark.watch.hub;

import io.tidemark.revision.encoding.KeyEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Events as the field {@code events} of etcd's {@code WatchResponse}, once for all who are told the same. The stored
 * bytes of a version are the field {@code kv} of an event as they are, and with another tag its {@code prev_kv}. Key
 * {@code a} written over a version:
 *
 * <pre>
 *   5a 1e     12 0d 0a 01 61 ...   1a 0d 0a 01 61 ...
 *   event     kv                   prev_kv                  (08 01 in front: it was deleted)
 * </pre>
 */
public final class EncodedEvents {
    private static final byte EVENTS = 0x5a;
    private static final byte PREVIOUS = 0x1a;
    private static final byte[] DELETED = {0x08, 0x01};

    private final byte[] bytes;
    private final int[] ends;

    private EncodedEvents(byte[] bytes, int[] ends) {
        this.bytes = bytes;
        this.ends = ends;
    }

    /** Those that are of a {@link Subscription#kind}. */
    static EncodedEvents of(List<KeyEvent> events, int kind) {
        boolean previous = Subscription.wantsPrevious(kind);
        List<KeyEvent> wanted = new ArrayList<>(events.size());
        int length = 0;
        for (KeyEvent event : events) {
            if (Subscription.wants(kind, event)) {
                wanted.add(event);
                int content = content(event, previous);
                length += 1 + varintBytes(content) + content;
            }
        }
        byte[] bytes = new byte[length];
        int[] ends = new int[wanted.size()];
        int at = 0;
        for (int i = 0; i < ends.length; i++) {
            at = write(wanted.get(i), previous, bytes, at);
            ends[i] = at;
        }
        return new EncodedEvents(bytes, ends);
    }

    private static int content(KeyEvent event, boolean previous) {
        byte[] before = previous ? event.before() : null;
        return (event.isDeletion() ? DELETED.length : 0)
                + event.element().length
                + (before == null ? 0 : before.length);
    }

    private static int write(KeyEvent event, boolean previous, byte[] to, int from) {
        int at = from;
        to[at++] = EVENTS;
        at = varint(content(event, previous), to, at);
        if (event.isDeletion()) {
            at = append(DELETED, to, at);
        }
        at = append(event.element(), to, at);
        byte[] before = previous ? event.before() : null;
        if (before != null) {
            int tag = at;
            at = append(before, to, at);
            to[tag] = PREVIOUS;
        }
        return at;
    }

    private static int append(byte[] bytes, byte[] to, int at) {
        System.arraycopy(bytes, 0, to, at, bytes.length);
        return at + bytes.length;
    }

    private static int varintBytes(int number) {
        return number == 0 ? 1 : (31 - Integer.numberOfLeadingZeros(number)) / 7 + 1;
    }

    private static int varint(int number, byte[] to, int from) {
        int at = from;
        int left = number;
        while (left > 0x7f) {
            to[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        to[at++] = (byte) left;
        return at;
    }

    public int size() {
        return ends.length;
    }

    public boolean isEmpty() {
        return ends.length == 0;
    }

    /** All of them, one after another. Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where an event ends in the bytes. */
    public int end(int event) {
        return ends[event];
    }
}
