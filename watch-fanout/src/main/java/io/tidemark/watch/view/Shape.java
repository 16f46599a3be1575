package io.tidemark.watch.view;

/**
 * How events are told. Topics of one range and shape are told the same text.
 *
 * @param previous whether with what the key was before
 * @param selector which objects are told of
 */
public record Shape(View view, boolean previous, LabelSelector selector) {
    /** Whether what a key was before has to be known to tell what happened to it. */
    public boolean needsPrevious() {
        return previous || view == View.DIFF || !selector.isEverything();
    }
}
