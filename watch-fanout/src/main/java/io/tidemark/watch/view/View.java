package io.tidemark.watch.view;

/** What is told of a value. */
public enum View {
    /** As what it is: an object of Kubernetes, JSON, text, or bytes. */
    VALUE,
    /** Its bytes as they are stored. */
    RAW,
    /** Nothing. */
    KEYS,
    /** What is not as it was before. */
    DIFF
}
