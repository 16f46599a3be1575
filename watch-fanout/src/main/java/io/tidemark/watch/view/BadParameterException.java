package io.tidemark.watch.view;

/** A parameter that cannot be what its client meant; the message says what was found and what was expected. */
public final class BadParameterException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    BadParameterException(String parameter, String detail) {
        super(detail);
        this.parameter = parameter;
    }

    /** Its name. */
    public String parameter() {
        return parameter;
    }
}
