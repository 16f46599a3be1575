package io.tidemark.revision.store;

/** As many views are open as are allowed: they are not closed in time, or more is asked for than can be served. */
public final class TooManyViewsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooManyViewsException(int most) {
        super(most + " views are open, and that is the most");
    }
}
