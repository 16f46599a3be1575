package io.tidemark.revision.encoding;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyValue;
import org.jspecify.annotations.Nullable;

/** What a transaction did to a key, as watchers are told. */
public final class KeyEvent {
    private static final byte[] NOTHING = {};

    private final Key key;
    private final boolean deletion;
    private final byte[] element;
    private final byte @Nullable [] before;

    private KeyEvent(Key key, boolean deletion, byte[] element, byte @Nullable [] before) {
        this.key = key;
        this.deletion = deletion;
        this.element = element;
        this.before = before;
    }

    /** The key was deleted. */
    public static KeyEvent deletion(Key key, long revision, byte @Nullable [] before) {
        return new KeyEvent(key, true, KeyValueElement.encode(new KeyValue(key, 0, revision, 0, NOTHING, 0)), before);
    }

    /** The key was written. What it was before does not count when the transaction created it. */
    public static KeyEvent put(Key key, byte[] element, byte @Nullable [] before) {
        return new KeyEvent(key, false, element, KeyValueElement.isCreation(element) ? null : before);
    }

    /** The same without what the key was before, which somebody else has to tell. */
    public KeyEvent withoutBefore() {
        return new KeyEvent(key, deletion, element, null);
    }

    public Key key() {
        return key;
    }

    public boolean isDeletion() {
        return deletion;
    }

    /** {@link KeyValueElement} of the version that was made; of a deletion, one of the key and the revision alone. Not to be changed. */
    public byte[] element() {
        return element;
    }

    /**
     * {@link KeyValueElement} of what the key was at the revision before; null when there was nothing, when that is not
     * readable any more, and when the transaction created the key. Not to be changed.
     */
    public byte @Nullable [] before() {
        return before;
    }

    /** Of what it holds. */
    public int bytes() {
        return element.length + (before == null ? 0 : before.length);
    }
}
