package io.tidemark.revision.encoding;

import io.tidemark.revision.machine.KeyValue;

/**
 * A version as an element of a list: the field {@code kvs} of etcd's {@code RangeResponse}, tag and length in front of
 * the {@link KeyValueBytes}. Elements one after another are a list, so an answer is put together without looking into
 * them. Key {@code a}, created and written at revision 2, version 1, value {@code x}:
 *
 * <pre>
 *   12 0c   0a 01 61   10 02    18 02   20 01     2a 01 78
 *   kvs 12  key  a     create   mod     version   value  x
 * </pre>
 */
public final class KeyValueElement {
    private static final int KVS = 0x12;

    private KeyValueElement() {}

    public static byte[] encode(KeyValue kv) {
        return KeyValueBytes.encodeField(KVS, kv);
    }

    /** @throws IllegalArgumentException when this is not one whole element */
    public static KeyValue decode(byte[] element) {
        return KeyValueBytes.decode(element, contentOf(element), element.length);
    }

    /**
     * The revision that wrote it, without reading the rest.
     *
     * @throws IllegalArgumentException when this is not an element
     */
    public static long modRevision(byte[] element) {
        return KeyValueBytes.modRevision(element, contentOf(element));
    }

    /**
     * The lease that its key hangs on, 0 for none, without copying the rest.
     *
     * @throws IllegalArgumentException when this is not an element
     */
    public static long lease(byte[] element) {
        return KeyValueBytes.lease(element, contentOf(element));
    }

    /**
     * Whether the revision that wrote it also created its key.
     *
     * @throws IllegalArgumentException when this is not an element
     */
    public static boolean isCreation(byte[] element) {
        int content = contentOf(element);
        return KeyValueBytes.createRevision(element, content) == KeyValueBytes.modRevision(element, content);
    }

    /** Where the {@link KeyValueBytes} in it begin. */
    public static int contentOf(byte[] element) {
        int at = 1;
        while (at < element.length && element[at] < 0) {
            at++;
        }
        if (element.length < 2 || element[0] != KVS || at == element.length) {
            throw new IllegalArgumentException("not an element of kvs: expected tag " + KVS + " and a length in front");
        }
        return at + 1;
    }
}
