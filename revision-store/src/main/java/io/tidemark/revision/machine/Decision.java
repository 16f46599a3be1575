package io.tidemark.revision.machine;

/** What is to be done with a command. */
public sealed interface Decision {
    /** A transaction to log, and an answer that may be given once it is logged. */
    record Commit(Transaction transaction, Answer answer) implements Decision {}

    /** An answer that changes nothing. */
    record Tell(Answer answer) implements Decision {}

    /** No, and nothing changes. */
    record Refuse(Refusal refusal) implements Decision {}

    /** No, and a transaction to log, so that everybody knows why; it may be said once that is logged. */
    record Alert(Transaction transaction, Refusal refusal) implements Decision {}
}
