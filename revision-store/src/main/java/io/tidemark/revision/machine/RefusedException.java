package io.tidemark.revision.machine;

/** Ends the work on a command that turns out to be refused; never leaves the package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.text(), null, false, false); // an answer, not a fault: nobody looks for the place
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
