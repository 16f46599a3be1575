package io.tidemark.revision.etcd;

/** The memory for answers on their way is taken, or would never be enough. */
final class NoAnswerMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean ever;

    NoAnswerMemoryException(long bytes, long most) {
        super("an answer that takes " + bytes + " bytes of memory, of which etcd.answers.memory leaves " + most);
        this.ever = bytes <= most;
    }

    /** Whether it would be there when no other answer was on its way. */
    boolean isThereAtTimes() {
        return ever;
    }
}
