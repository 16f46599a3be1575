package io.tidemark.kube;

/** A value that says it is an object of Kubernetes cannot be read as one. The message never quotes the value. */
public final class UndecodableObjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * Says where and why.
     *
     * @param type {@code apiVersion kind} as far as it is known
     * @param path members on the way to the place, such as {@code .spec.containers}; may be empty
     * @param position of the byte in the value at which reading stopped, from 0
     * @param why what was found and what was expected there
     */
    UndecodableObjectException(String type, String path, int position, String why) {
        super(type + path + ", byte " + position + ": " + why);
        this.kind = type.substring(type.indexOf(' ') + 1);
    }

    /** Which kind it is of; {@code envelope} when not even that could be read. */
    public String kind() {
        return kind;
    }
}
