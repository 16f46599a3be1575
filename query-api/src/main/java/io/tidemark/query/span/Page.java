package io.tidemark.query.span;

import java.util.List;
import java.util.Optional;

/**
 * A part of a result.
 *
 * @param items what is on this page
 * @param total how many there are on all pages together
 * @param totalIsLowerBound counting was given up at {@code total}
 * @param next where the next page begins; empty: this is the last one
 */
public record Page<T>(List<T> items, long total, boolean totalIsLowerBound, Optional<Cursor> next) {
    public Page {
        items = List.copyOf(items);
    }
}
