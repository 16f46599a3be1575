package io.tidemark.revision.bolt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a bucket, made from left to right: of each level there is the node that is being filled. One that is full is
 * written, and its first key and page go to the node above.
 *
 * <pre>
 *   branches   [a→2 d→3 ...]              a full one goes up again
 *   leaf       (a b c→2) (d e→3) [f g ..  being filled
 * </pre>
 */
final class Tree {
    private static final byte[] NOTHING = {};

    private final PageWriter pages;
    private final Node leaf = new Node(Layout.LEAF);
    private final List<Node> branches = new ArrayList<>();
    private byte @Nullable [] last;

    Tree(PageWriter pages) {
        this.pages = pages;
    }

    /** @throws IllegalArgumentException when the key is not behind the one before */
    void add(int flags, byte[] key, byte[] value) throws IOException {
        if (key.length == 0 || (last != null && Arrays.compareUnsigned(last, key) >= 0)) {
            throw new IllegalArgumentException("keys must be there, and ascend");
        }
        last = key;
        if (!leaf.hasRoomFor(key, value)) {
            write(leaf, 0);
        }
        leaf.add(flags, key, value);
    }

    boolean isEmpty() {
        return last == null;
    }

    /** Writes the node and names it in the level above. */
    private void write(Node node, int above) throws IOException {
        byte[] first = node.firstKey();
        long page = pages.write(node);
        node.clear();
        if (above == branches.size()) {
            branches.add(new Node(Layout.BRANCH));
        }
        Node parent = branches.get(above);
        if (!parent.hasRoomFor(first, NOTHING)) {
            write(parent, above + 1);
        }
        parent.add(page, first, NOTHING);
    }

    /**
     * Writes what is left.
     *
     * @return the root's page
     */
    long finish() throws IOException {
        Node node = leaf;
        for (int above = 0; above < branches.size(); above++) {
            write(node, above);
            node = branches.get(above);
        }
        return pages.write(node);
    }
}
