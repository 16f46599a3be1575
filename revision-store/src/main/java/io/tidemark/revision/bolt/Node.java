package io.tidemark.revision.bolt;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A node that is being filled: keys with their values, or with the pages of their children. */
final class Node {
    private final int kind;
    private final List<Element> elements = new ArrayList<>();
    private int size = Layout.HEADER_BYTES;

    /** @param number the flags of a leaf's element, the child of a branch's */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Element(long number, byte[] key, byte[] value) {}

    /** @param kind {@link Layout#LEAF} or {@link Layout#BRANCH} */
    Node(int kind) {
        this.kind = kind;
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Whether one more does not make it larger than a page. One that is larger alone has pages of its own. */
    boolean hasRoomFor(byte[] key, byte[] value) {
        return isEmpty() || size + Layout.ELEMENT_BYTES + key.length + value.length <= Layout.PAGE_BYTES;
    }

    void add(long number, byte[] key, byte[] value) {
        elements.add(new Element(number, key, value));
        size += Layout.ELEMENT_BYTES + key.length + value.length;
    }

    byte[] firstKey() {
        return elements.getFirst().key();
    }

    int pages() {
        return (size + Layout.PAGE_BYTES - 1) / Layout.PAGE_BYTES;
    }

    /** All of its pages, the first of which has this number. */
    byte[] encode(long page) {
        byte[] bytes = new byte[pages() * Layout.PAGE_BYTES];
        ByteBuffer to = Layout.over(bytes);
        Layout.header(to, page, kind, elements.size(), pages() - 1);
        int data = Layout.HEADER_BYTES + elements.size() * Layout.ELEMENT_BYTES;
        for (Element element : elements) {
            int position = data - to.position();
            if (kind == Layout.LEAF) {
                to.putInt((int) element.number()).putInt(position);
                to.putInt(element.key().length).putInt(element.value().length);
            } else {
                to.putInt(position).putInt(element.key().length).putLong(element.number());
            }
            to.put(data, element.key());
            to.put(data + element.key().length, element.value());
            data += element.key().length + element.value().length;
        }
        return bytes;
    }

    void clear() {
        elements.clear();
        size = Layout.HEADER_BYTES;
    }
}
