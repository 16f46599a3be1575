package io.tidemark.audit.correlate;

/** Something that the correlator did besides concluding spans, for those who count. */
public enum Notice {
    /** A fact said nothing new. */
    DUPLICATE,
    /** A fact is older than what is remembered of its object. */
    LATE,
    /** A body was given up because of its age. */
    BODY_TOO_OLD,
    /** A body was given up because there were too many. */
    BODY_TOO_MANY,
    /** A fact is no longer known at all, because of its age. */
    ENTRY_TOO_OLD,
    /** A fact is no longer known at all, because there were too many. */
    ENTRY_TOO_MANY
}
