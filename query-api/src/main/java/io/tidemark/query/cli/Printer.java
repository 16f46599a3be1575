package io.tidemark.query.cli;

/** Prints answers in one format. */
interface Printer {
    /** Prints an answer that is complete. */
    void print(Answer answer);

    /** Prints one of many answers that come one after the other. */
    void next(Answer answer);
}
