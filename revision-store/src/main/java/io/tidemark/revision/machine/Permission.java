package io.tidemark.revision.machine;

/**
 * What a role may do with keys.
 *
 * @param kind as etcd numbers them; others can be granted, and allow nothing
 */
public record Permission(KeyRange range, int kind) {
    public static final int READ = 0;
    public static final int WRITE = 1;
    public static final int READ_WRITE = 2;

    public boolean allows(int asked) {
        return kind == asked || kind == READ_WRITE;
    }
}
