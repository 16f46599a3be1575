package io.tidemark.revision.transfer;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What {@code HashKV} is of a keyspace with what a file has up to a revision; it holds all keys in memory. Source: etcd's {@code
 * server/storage/mvcc/hash.go}.
 */
final class FileChecksum {
    private static final byte[] BUCKET = "key".getBytes(StandardCharsets.US_ASCII);

    private final EtcdFile file;
    private final long compacted;
    private final long revision;
    /** Of the keys that exist at the revision, what wrote them. */
    private final Map<ByteString, Written> newest = new HashMap<>();

    private record Written(long revision, int sub) {
        static Written of(EtcdFile.Version version) {
            return new Written(version.revision(), version.sub());
        }
    }

    private FileChecksum(EtcdFile file, long compacted, long revision) {
        this.file = file;
        this.compacted = compacted;
        this.revision = revision;
    }

    /** @param compacted what {@code HashKV} says was compacted */
    static int of(EtcdFile file, long compacted, long revision) throws IOException {
        return new FileChecksum(file, compacted, revision).value();
    }

    private int value() throws IOException {
        if (compacted > 0) {
            findNewest(); // only of what is compacted it matters
        }
        CRC32C crc = new CRC32C();
        crc.update(BUCKET);
        file.versions(0, (version, row) -> {
            if (version.revision() > revision) {
                return false;
            }
            if (counts(version)) {
                crc.update(row.key());
                crc.update(row.value());
            }
            return true;
        });
        return (int) crc.getValue();
    }

    private void findNewest() throws IOException {
        Set<ByteString> deletedLast = new HashSet<>();
        file.versions(0, (version, row) -> {
            if (version.revision() > revision) {
                return false;
            }
            ByteString key = version.kv().getKey();
            if (version.deletion()) {
                newest.remove(key);
                if (version.revision() == revision) {
                    deletedLast.add(key);
                }
            } else if (!deletedLast.contains(key)) { // etcd's index ends a key with a deletion at the very revision
                newest.put(key, Written.of(version));
            }
            return true;
        });
    }

    /** Of what is compacted, only what is newest; a deletion at that very revision never. */
    private boolean counts(EtcdFile.Version version) {
        if (version.revision() > compacted) {
            return true;
        }
        boolean lasting = newest.isEmpty()
                || Written.of(version).equals(newest.get(version.kv().getKey()));
        return lasting && !(version.deletion() && version.revision() == compacted);
    }
}
