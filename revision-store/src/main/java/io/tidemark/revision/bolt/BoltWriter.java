package io.tidemark.revision.bolt;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of bbolt in one go, with a few pages in memory: buckets in the order of their names, entries in the order of
 * their keys. Its {@link #head} is known last and comes first.
 */
public final class BoltWriter {
    private static final int HEAD_PAGES = 2;
    public static final int HEAD_BYTES = HEAD_PAGES * Layout.PAGE_BYTES;

    private static final int FIRST_TRANSACTION = 1;

    private final PageWriter pages;
    private final Tree root;
    private String name = "";
    private @Nullable Tree bucket;

    /** @param out takes all but the head */
    public BoltWriter(OutputStream out) {
        pages = new PageWriter(out, HEAD_PAGES);
        root = new Tree(pages);
    }

    /** Begins a bucket, and ends the one before. */
    public void bucket(String next) throws IOException {
        end();
        name = next;
        bucket = new Tree(pages);
    }

    /** @throws IllegalArgumentException when the key is empty or not behind the one before */
    public void put(byte[] key, byte[] value) throws IOException {
        Tree into = bucket;
        if (into == null) {
            throw new IllegalStateException("an entry has to be in a bucket");
        }
        into.add(0, key, value);
    }

    private void end() throws IOException {
        Tree ended = bucket;
        if (ended != null) {
            byte[] value = ended.isEmpty() ? empty() : reference(ended.finish());
            root.add(Layout.IS_BUCKET, name.getBytes(StandardCharsets.UTF_8), value);
        }
    }

    private static byte[] reference(long page) {
        byte[] value = new byte[Layout.BUCKET_BYTES];
        Layout.over(value).putLong(page);
        return value;
    }

    /** A bucket without a page of its own has its only leaf, without a number, behind the reference. */
    private static byte[] empty() {
        byte[] value = new byte[Layout.BUCKET_BYTES + Layout.HEADER_BYTES];
        Layout.header(Layout.over(value).position(Layout.BUCKET_BYTES), 0, Layout.LEAF, 0, 0);
        return value;
    }

    /**
     * Ends the file.
     *
     * @return what stands before everything that was written
     */
    public byte[] head() throws IOException {
        end();
        bucket = null;
        long top = root.finish();
        long free = pages.writeEmptyFreeList();
        byte[] bytes = new byte[HEAD_BYTES];
        ByteBuffer head = Layout.over(bytes);
        for (int page = 0; page < HEAD_PAGES; page++) {
            int from = page * Layout.PAGE_BYTES;
            head.position(from);
            Layout.header(head, page, Layout.META, 0, 0);
            head.putInt(Layout.MAGIC)
                    .putInt(Layout.VERSION)
                    .putInt(Layout.PAGE_BYTES)
                    .putInt(0);
            head.putLong(top).putLong(0).putLong(free).putLong(pages.count());
            // a transaction's number says which of the two pages is its own
            head.putLong(page == FIRST_TRANSACTION ? FIRST_TRANSACTION : FIRST_TRANSACTION + 1);
            head.putLong(Layout.checksum(bytes, from + Layout.HEADER_BYTES));
        }
        return bytes;
    }
}
