package io.tidemark.revision.machine;

/**
 * One version of a key.
 *
 * @param createRevision revision at which the key came to be
 * @param modRevision revision that wrote this version
 * @param version 1 for the first since it came to be, one more with each write
 * @param value not to be changed
 * @param lease 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // identified by key and revision, never compared as a whole
public record KeyValue(Key key, long createRevision, long modRevision, long version, byte[] value, long lease) {
    private static final byte[] NOTHING = new byte[0];

    /** The same without its value and lease: what etcd's index knows. */
    public KeyValue indexed() {
        return new KeyValue(key, createRevision, modRevision, version, NOTHING, 0);
    }

    /** The same without its value. */
    KeyValue withoutValue() {
        return new KeyValue(key, createRevision, modRevision, version, NOTHING, lease);
    }
}
