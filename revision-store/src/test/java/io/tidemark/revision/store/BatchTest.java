package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class BatchTest {
    private static final int ROUNDS = 200;

    @TempDir
    private Path folder;

    /** Lengths on both sides of a varint's next byte, and numbers of families, too. */
    @Test
    void isTheSameBytesAsRocksDbsOwn() throws RocksDBException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RocksDB.loadLibrary();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
        for (int i = 1; i < 140; i++) {
            families.add(new ColumnFamilyDescriptor(("family " + i).getBytes()));
        }
        try (DBOptions options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
                RocksDB rocks = RocksDB.open(options, folder.toString(), families, handles)) {
            for (int round = 0; round < ROUNDS; round++) {
                Batch batch = new Batch();
                if (random.nextBoolean()) {
                    batch.put(1, bytes(random), bytes(random));
                    batch.clear();
                }
                try (WriteBatch expected = new WriteBatch()) {
                    for (int left = random.nextInt(20); left > 0; left--) {
                        write(random, handles.get(1 + random.nextInt(handles.size() - 1)), batch, expected);
                    }
                    assertThat(batch.toBytes())
                            .as("seed %d, round %d", seed, round)
                            .isEqualTo(expected.data());
                    assertThat(batch.size())
                            .as("seed %d, round %d", seed, round)
                            .isEqualTo(expected.data().length);
                }
            }
            assertThat(rocks.getLatestSequenceNumber())
                    .as("nothing was written")
                    .isZero();
        }
    }

    private static void write(Random random, ColumnFamilyHandle family, Batch batch, WriteBatch expected)
            throws RocksDBException {
        byte[] key = bytes(random);
        byte[] other = bytes(random);
        switch (random.nextInt(3)) {
            case 0 -> {
                batch.put(family.getID(), key, other);
                expected.put(family, key, other);
            }
            case 1 -> {
                batch.delete(family.getID(), key);
                expected.delete(family, key);
            }
            default -> {
                batch.deleteRange(family.getID(), key, other);
                expected.deleteRange(family, key, other);
            }
        }
    }

    private static byte[] bytes(Random random) {
        int[] around = {0, 1, 127, 128, 16_383, 16_384};
        byte[] bytes = new byte[around[random.nextInt(around.length)]];
        random.nextBytes(bytes);
        return bytes;
    }
}
