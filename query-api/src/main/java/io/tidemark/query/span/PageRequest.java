package io.tidemark.query.span;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a result is asked for.
 *
 * @param limit most items on the page, at least 1
 * @param order by start time
 * @param after last item of the page before; null: the first page
 */
public record PageRequest(int limit, Order order, @Nullable Cursor after) {
    /** Direction of time within a result. */
    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    public PageRequest {
        if (limit < 1) {
            throw new IllegalArgumentException("a page holds at least 1 item, asked for " + limit);
        }
    }

    public static PageRequest newest(int limit) {
        return new PageRequest(limit, Order.NEWEST_FIRST, null);
    }

    public static PageRequest oldest(int limit) {
        return new PageRequest(limit, Order.OLDEST_FIRST, null);
    }

    public PageRequest after(Cursor cursor) {
        return new PageRequest(limit, order, cursor);
    }
}
