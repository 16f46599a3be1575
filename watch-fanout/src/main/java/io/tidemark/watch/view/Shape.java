package io.tidemark.watch.view;

/**
 * How events are told. Topics of one range and shape are told the same text.
 *
 * @param previous whether with what the key was before
 * @param selector which objects are told of
 * @param filter which of these objects, or which events
 */
public record Shape(View view, boolean previous, LabelSelector selector, Filter filter) {
    /** Whether some objects only are told of: one that is among them no longer is gone. */
    boolean isOfObjects() {
        return !selector.isEverything() || !filter.isEverything() && filter.isOfObjects();
    }

    /** Whether it takes a filter to know what is told. */
    public boolean isFiltered() {
        return !filter.isEverything();
    }

    /** Whether what a key was before has to be known to tell what happened to it. */
    public boolean needsPrevious() {
        return previous || view == View.DIFF || !selector.isEverything() || !filter.isEverything();
    }
}
