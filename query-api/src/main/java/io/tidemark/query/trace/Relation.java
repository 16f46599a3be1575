package io.tidemark.query.trace;

/** What a row is to the one it hangs under. */
public enum Relation {
    /** The object asked for. */
    SELF,
    /** An object that owns it, directly or through others. */
    OWNER,
    /** An object that it owns, directly or through others. */
    OWNED,
    REQUEST,
    PHASE,
    ADMISSION,
    ITEM,
    EVENT
}
