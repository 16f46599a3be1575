package io.tidemark.query.trace;

/** How a trace is laid out. */
public enum View {
    /** Every request and Event is a row of its own under its object; objects hang under their owners. */
    TREE,
    /** All rows directly under the object asked for, by time. */
    TIMELINE,
    /** One row per object with its Events as logs on it; requests have rows of their own. */
    GROUPED,
    /** One row per object; requests and Events are logs on it. */
    TRACING
}
