package io.tidemark.revision.bolt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of bbolt, with one path from the root to a leaf in memory, and believes nothing: a file that is damaged, cut
 * off or of something else is told, whatever is in it.
 */
public final class BoltReader {
    private static final int FIRST_BYTES = 2 * 64 * 1024;
    private static final int SMALLEST_PAGE = 1024;
    private static final int LARGEST_PAGE = 64 * 1024;
    private static final int DEEPEST = 64;
    private static final byte[] NOTHING = {};
    /** Of what has keys that are numbers. */
    private static final byte[] BEHIND_ALL = {-1, -1, -1, -1, -1, -1, -1, -1, -1};

    private static final long LARGEST_NODE = 1L << 30;

    private final Source source;
    private final Meta meta;

    /** Where the bytes are. */
    @FunctionalInterface
    public interface Source {
        /**
         * Fills the target.
         *
         * @throws IOException when so many bytes are not there
         */
        void read(long position, byte[] target) throws IOException;
    }

    /** Is told the entries of a bucket in the order of their keys. */
    @FunctionalInterface
    public interface Visitor {
        /** @return whether it wants to be told more */
        boolean visit(byte[] key, byte[] value) throws IOException;
    }

    private BoltReader(Source source, Meta meta) {
        this.source = source;
        this.meta = meta;
    }

    /**
     * @param size bytes of the file
     * @throws BrokenFileException when it does not begin as such a file does, or is shorter than it says
     */
    public static BoltReader open(Source source, long size) throws IOException {
        byte[] first = new byte[(int) Math.min(size, FIRST_BYTES)];
        source.read(0, first);
        Meta meta = newest(first);
        if (meta == null) {
            throw new BrokenFileException("expected a file of bbolt, version 2, found something else");
        }
        boolean sane = meta.pageBytes() >= SMALLEST_PAGE && meta.pageBytes() <= LARGEST_PAGE;
        if (!sane || meta.pages() > size / meta.pageBytes()) {
            throw new BrokenFileException("expected " + meta.pages() + " pages of " + meta.pageBytes()
                    + " bytes, found a file of " + size + " bytes");
        }
        return new BoltReader(source, meta);
    }

    private static @Nullable Meta newest(byte[] first) {
        Meta one = Meta.parse(first, 0);
        for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE; size *= 2) {
            Meta other = Meta.parse(first, size);
            if (other != null && other.pageBytes() == size) {
                return one == null || other.transaction() > one.transaction() ? other : one;
            }
        }
        return one;
    }

    /**
     * Reads a bucket from its beginning.
     *
     * @return whether there is one of this name
     */
    public boolean read(String bucket, Visitor visitor) throws IOException {
        return read(bucket, NOTHING, visitor);
    }

    /**
     * Reads a bucket from a key on.
     *
     * @return whether there is one of this name
     */
    public boolean read(String bucket, byte[] from, Visitor visitor) throws IOException {
        byte[] root = root(bucket);
        if (root != null) {
            walk(root, new Walk(0, from, visitor));
        }
        return root != null;
    }

    /** What the root says of a bucket; null when there is none of this name. */
    private byte @Nullable [] root(String bucket) throws IOException {
        byte[] name = bucket.getBytes(StandardCharsets.UTF_8);
        byte[][] found = {null};
        new Walk(Layout.IS_BUCKET, name, (key, value) -> {
                    found[0] = Arrays.equals(key, name) ? value : null;
                    return false;
                })
                .page(meta.root(), 0);
        return found[0];
    }

    /** A small bucket stands where it is told of. */
    private static void walk(byte[] bucket, Walk walk) throws IOException {
        long root =
                bucket.length < Layout.BUCKET_BYTES ? -1 : Layout.over(bucket).getLong();
        if (root == 0) {
            walk.leaf(Arrays.copyOfRange(bucket, Layout.BUCKET_BYTES, bucket.length), 0);
        } else {
            walk.page(root, 0);
        }
    }

    /** The last key of a bucket; null when there is no such bucket, or nothing in it. Reads one path of the tree. */
    public byte @Nullable [] last(String bucket) throws IOException {
        byte[] root = root(bucket);
        Walk walk = new Walk(0, BEHIND_ALL, (key, value) -> true);
        if (root != null) {
            walk(root, walk);
        }
        return walk.last;
    }

    /** All pages of a node, checked as far as its header tells. */
    private byte[] load(long page) throws IOException {
        if (page < 2 || page >= meta.pages()) {
            throw new BrokenFileException("expected a page below " + meta.pages() + ", found " + page);
        }
        byte[] bytes = new byte[meta.pageBytes()];
        long position = page * meta.pageBytes();
        source.read(position, bytes);
        ByteBuffer header = Layout.over(bytes);
        long number = header.getLong();
        if (number != page) {
            throw new BrokenFileException("expected page " + page + ", found one that says it is " + number);
        }
        long further = Integer.toUnsignedLong(header.getInt(Long.BYTES + Integer.BYTES));
        if (further == 0) {
            return bytes;
        }
        long size = (further + 1) * meta.pageBytes();
        if (size > LARGEST_NODE || page + further >= meta.pages()) {
            throw new BrokenFileException("page " + page + " says that " + further + " more belong to it");
        }
        byte[] all = new byte[(int) size];
        source.read(position, all);
        return all;
    }

    /** One walk over a tree, whose keys have to ascend: so it ends, whatever pages refer to. */
    private final class Walk {
        private final int flags;
        private final byte[] from;
        private final Visitor visitor;
        private boolean ended;
        private byte @Nullable [] last;

        /** @param flags of the leaves' elements */
        Walk(int flags, byte[] from, Visitor visitor) {
            this.flags = flags;
            this.from = from;
            this.visitor = visitor;
        }

        void page(long page, int depth) throws IOException {
            byte[] bytes = load(page);
            int kind = Layout.over(bytes).getShort(Long.BYTES);
            if (kind == Layout.LEAF) {
                leaf(bytes, page);
            } else if (kind == Layout.BRANCH && depth < DEEPEST) {
                branch(bytes, page, depth);
            } else {
                throw new BrokenFileException("page " + page + " is of kind " + kind + " at depth " + depth);
            }
        }

        private void branch(byte[] bytes, long page, int depth) throws IOException {
            ByteBuffer node = Layout.over(bytes);
            int count = count(node, page);
            if (count == 0) {
                throw new BrokenFileException("page " + page + " is a branch without children");
            }
            for (int i = 0; i < count && !ended; i++) {
                boolean before = i + 1 < count && Arrays.compareUnsigned(first(node, i + 1, page), from) <= 0;
                if (!before) {
                    page(node.getLong(element(i) + 2 * Integer.BYTES), depth + 1);
                }
            }
        }

        /** The first key of a child. */
        private byte[] first(ByteBuffer node, int child, long page) throws IOException {
            long at = element(child) + Integer.toUnsignedLong(node.getInt(element(child)));
            long size = Integer.toUnsignedLong(node.getInt(element(child) + Integer.BYTES));
            if (at + size > node.limit()) {
                throw new BrokenFileException("entry " + child + " of page " + page + " is damaged");
            }
            byte[] key = new byte[(int) size];
            node.get((int) at, key);
            return key;
        }

        void leaf(byte[] bytes, long page) throws IOException {
            ByteBuffer node = Layout.over(bytes);
            int count = count(node, page);
            for (int i = 0; i < count && !ended; i++) {
                node.position(element(i));
                int found = node.getInt();
                long begin = element(i) + Integer.toUnsignedLong(node.getInt());
                long value = begin + Integer.toUnsignedLong(node.getInt());
                long to = value + Integer.toUnsignedLong(node.getInt());
                if (found != flags || begin == value || to > bytes.length) {
                    throw new BrokenFileException("entry " + i + " of page " + page + " is damaged");
                }
                byte[] key = Arrays.copyOfRange(bytes, (int) begin, (int) value);
                if (last != null && Arrays.compareUnsigned(last, key) >= 0) {
                    throw new BrokenFileException("entry " + i + " of page " + page + " is not behind the one before");
                }
                last = key;
                if (Arrays.compareUnsigned(key, from) >= 0) {
                    ended = !visitor.visit(key, Arrays.copyOfRange(bytes, (int) value, (int) to));
                }
            }
        }

        private static int element(int i) {
            return Layout.HEADER_BYTES + i * Layout.ELEMENT_BYTES;
        }

        private static int count(ByteBuffer node, long page) throws BrokenFileException {
            int count = node.limit() < Layout.HEADER_BYTES
                    ? -1
                    : Short.toUnsignedInt(node.getShort(Long.BYTES + Short.BYTES));
            if (count < 0 || Layout.HEADER_BYTES + count * Layout.ELEMENT_BYTES > node.limit()) {
                throw new BrokenFileException("page " + page + " says that it has " + count + " entries");
            }
            return count;
        }
    }
}
