package io.tidemark.revision.bolt;

import java.io.IOException;
import java.io.OutputStream;

/** Writes pages one after another, and numbers them. */
final class PageWriter {
    private final OutputStream out;
    private long next;

    PageWriter(OutputStream out, long first) {
        this.out = out;
        this.next = first;
    }

    /** Returns the number of its first page. */
    long write(Node node) throws IOException {
        long page = next;
        out.write(node.encode(page));
        next += node.pages();
        return page;
    }

    /** Returns its number. */
    long writeEmptyFreeList() throws IOException {
        byte[] bytes = new byte[Layout.PAGE_BYTES];
        Layout.header(Layout.over(bytes), next, Layout.FREE_LIST, 0, 0);
        out.write(bytes);
        return next++;
    }

    /** How many there are, those before the first one included. */
    long count() {
        return next;
    }
}
