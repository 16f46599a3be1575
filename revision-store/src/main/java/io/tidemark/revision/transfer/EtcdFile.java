package io.tidemark.revision.transfer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.tidemark.revision.bolt.BoltReader;
import io.tidemark.revision.bolt.BrokenFileException;
import io.tidemark.revision.encoding.Micros;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.Lease;
import io.tidemark.revision.etcd.proto.Role;
import io.tidemark.revision.etcd.proto.User;
import io.tidemark.revision.snapshot.SnapshotWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * etcd's file of a keyspace: what {@code etcdctl snapshot save} and {@code tidemark backup} write, or {@code member/snap/db} of
 * an etcd that is stopped. Rows are as in {@link io.tidemark.revision.snapshot.SnapshotWriter}.
 *
 * <pre>
 *   snapshot:   pages of bbolt   SHA-256 of them (32)
 *   snap/db:    pages of bbolt
 * </pre>
 */
public final class EtcdFile implements AutoCloseable {
    private static final int PAGE_LEAST_BYTES = 512;
    private static final String GET_THE_WHOLE = "get the whole file, and compare what it is with where it comes from";
    private static final String KEY = "key";

    private final String name;
    private final FileChannel channel;
    private final BoltReader rows;

    /** One version, or a deletion, as a row of the file says it. */
    record Version(long revision, int sub, boolean deletion, KeyValue kv) {}

    /** Is told versions in the order of revisions. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param row as it stands in the file
         * @return whether it wants to be told more
         */
        boolean visit(Version version, Row row) throws IOException;
    }

    /** The bytes of a row. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(byte[] key, byte[] value) {}

    private EtcdFile(String name, FileChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        long size = channel.size();
        long pages = size - size % PAGE_LEAST_BYTES;
        if (size - pages == FileDigest.BYTES) {
            FileDigest.check(channel, pages);
        }
        this.rows = BoltReader.open(this::read, pages);
    }

    /**
     * @param name as it is told to people
     * @throws TransferException when it is none, or not all of it is there
     */
    public static EtcdFile open(Path path, String name) throws TransferException {
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                return new EtcdFile(name, channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new TransferException(name + " does not exist", "name a file of etcdctl snapshot save", e);
        } catch (IOException e) {
            throw broken(name, e);
        }
    }

    private static TransferException broken(String name, IOException e) {
        return e instanceof BrokenFileException || e instanceof InvalidProtocolBufferException
                ? new TransferException(name + " is no whole file of etcd: " + e.getMessage(), GET_THE_WHOLE, e)
                : new TransferException(name + " cannot be read: " + e.getMessage(), GET_THE_WHOLE, e);
    }

    TransferException broken(IOException e) {
        return broken(name, e);
    }

    private void read(long position, byte[] target) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(target);
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                throw new EOFException("it ends before byte " + (position + target.length));
            }
        }
    }

    /** The lowest revision that can be read; 0 when nothing was compacted. A compaction that was not finished counts. */
    public long compacted() throws IOException {
        long[] found = new long[1];
        rows.read("meta", (key, value) -> {
            String name = new String(key, StandardCharsets.US_ASCII);
            if (name.equals("finishedCompactRev") || name.equals("scheduledCompactRev")) {
                found[0] = Math.max(found[0], number(value));
            }
            return true;
        });
        return found[0];
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] value) throws BrokenFileException {
        if (value.length < Long.BYTES) {
            throw new BrokenFileException("expected a revision, found " + value.length + " bytes");
        }
        return ByteBuffer.wrap(value).getLong();
    }

    /** Its revision: of the newest version, or of a compaction behind it. */
    public long revision() throws IOException {
        byte[] last = rows.last(KEY);
        return Math.max(compacted(), last == null ? 1 : number(last));
    }

    /** Reads versions from a revision on. */
    void versions(long from, Visitor visitor) throws IOException {
        boolean known =
                rows.read(KEY, number(from), (key, value) -> visitor.visit(version(key, value), new Row(key, value)));
        if (!known) {
            throw new BrokenFileException("expected a bucket '" + KEY + "', found none");
        }
    }

    /** When revisions were committed, by revision, as far as the file says it. */
    NavigableMap<Long, Long> times(long from, long to) throws IOException {
        NavigableMap<Long, Long> times = new TreeMap<>();
        rows.read(SnapshotWriter.TIMES, number(from), (key, value) -> {
            long revision = number(key);
            boolean wanted = revision <= to;
            if (wanted) {
                times.put(revision, number(value));
            }
            return wanted;
        });
        return times;
    }

    /**
     * The newest revision that had been committed at a time.
     *
     * @throws TransferException when it has none that is so old, or does not say when anything was committed
     */
    public long newestBy(Instant time) throws TransferException {
        long micros = Micros.of(time);
        long[] found = new long[1];
        try {
            boolean known = rows.read(SnapshotWriter.TIMES, (key, value) -> {
                boolean wanted = number(value) <= micros;
                found[0] = wanted ? number(key) : found[0];
                return wanted;
            });
            if (!known) {
                throw new TransferException(
                        name + " does not say when things were written: etcd does not know it",
                        "name a revision; `tidemark backup` writes files that say it");
            }
            if (found[0] == 0) {
                throw new TransferException(name + " has nothing that was written by " + time, "name a later time");
            }
            return found[0];
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Revision (8), '_', number of the change (8), and 't' when the key is gone. */
    private static Version version(byte[] key, byte[] value) throws IOException {
        int plain = 2 * Long.BYTES + 1;
        boolean deletion = key.length == plain + 1 && key[plain] == 't';
        if (key[Math.min(Long.BYTES, key.length - 1)] != '_' || (key.length != plain && !deletion)) {
            throw new BrokenFileException(
                    "expected a revision as the key of a version, found " + key.length + " bytes");
        }
        ByteBuffer at = ByteBuffer.wrap(key);
        long sub = at.getLong(Long.BYTES + 1);
        if (sub < 0 || sub > Integer.MAX_VALUE) {
            throw new BrokenFileException("expected the number of a change, found " + sub);
        }
        return new Version(at.getLong(), (int) sub, deletion, KeyValue.parseFrom(value));
    }

    List<Lease> leases() throws IOException {
        return all("lease", Lease.parser());
    }

    List<User> users() throws IOException {
        return all("authUsers", User.parser());
    }

    List<Role> roles() throws IOException {
        return all("authRoles", Role.parser());
    }

    /** Whether it matters who asks. */
    boolean isAuthEnabled() throws IOException {
        boolean[] enabled = new boolean[1];
        rows.read("auth", (key, value) -> {
            boolean meant = new String(key, StandardCharsets.US_ASCII).equals("authEnabled");
            enabled[0] |= meant && value.length == 1 && value[0] == 1;
            return true;
        });
        return enabled[0];
    }

    private <T> List<T> all(String bucket, Parser<T> parser) throws IOException {
        List<T> all = new ArrayList<>();
        rows.read(bucket, (key, value) -> all.add(parser.parseFrom(value)));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
