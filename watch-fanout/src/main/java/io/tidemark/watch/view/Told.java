package io.tidemark.watch.view;

/**
 * One event as it is told.
 *
 * @param name what happened
 * @param revision at which it did
 * @param last whether nothing more is told of that revision
 * @param json an object in one line
 */
public record Told(String name, long revision, boolean last, String json) {
    public static final String PUT = "put";
    public static final String DELETE = "delete";
    public static final String BOOKMARK = "bookmark";
    public static final String NOTICE = "notice";
    public static final String PROBLEM = "problem";
}
