package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.machine.Decision.Commit;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Loaded;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.MemoryKeyspace;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a compaction leaves in the tables: nothing that nobody can read, and all that somebody can. */
class RemovalTest {
    private static final ImageSettings SETTINGS = new ImageSettings(1 << 20, 1 << 20, 1, 100, 7);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void leavesWhatCanBeRead(long seed) {
        Random random = new Random(seed);
        RandomCommands commands = new RandomCommands(random);
        Machine machine = new Machine(Limits.ETCD, 1);
        MemoryKeyspace memory = new MemoryKeyspace();
        List<Transaction> log = new ArrayList<>();
        try (Image image = Image.open(folder, SETTINGS)) {
            for (int i = 0; i < 1_500; i++) {
                if (machine.decide(memory, commands.next(memory)) instanceof Commit commit) {
                    memory.apply(commit.transaction());
                    log.add(commit.transaction());
                    image.apply(Logged.of(commit.transaction()), new Position(log.size(), 1, "log"));
                }
            }
            image.removed(memory.compacted()).join();
        }

        Database database = Database.open(folder, SETTINGS);
        Set<String> history = keys(database, Table.HISTORY);
        Set<String> changes = keys(database, Table.CHANGES);
        Set<String> ended = keys(database, Table.ENDED);
        Set<String> elsewhere = elsewhere(database);
        database.close();

        assertThat(history).as("seed %d", seed).isEqualTo(readable(log, memory.compacted()));
        assertThat(ended).as("seed %d", seed).isEqualTo(elsewhere);
        assertThat(changes).as("seed %d", seed).isEqualTo(changes(log, memory.compacted()));
    }

    /** Written at 2 to 6, each over the one before: 2 and 3 were ended by 3 and 4. */
    @Test
    void longVersionsGoWithTheChangesThatEndedThem() {
        Key key = Key.of(new byte[] {'k'});
        List<Transaction> writes = new ArrayList<>();
        for (long revision = 2; revision <= 6; revision++) {
            KeyValue kv = new KeyValue(key, 2, revision, revision - 1, new byte[EndedVersion.SHORT_BYTES], 0);
            writes.add(new Write(revision, List.of(new Change.Put(kv)), 0));
        }
        writes.add(new Transaction.Compacted(4));
        try (Image image = Image.open(folder, SETTINGS)) {
            image.apply(Logged.of(writes), new Position(writes.size(), 1, "log"));
            image.removed(4).orTimeout(60, TimeUnit.SECONDS).join();
        }

        Database database = Database.open(folder, SETTINGS);
        Set<String> ended = keys(database, Table.ENDED);
        database.close();
        assertThat(ended).containsExactly(hex(StoredKeys.change(5, 0)), hex(StoredKeys.change(6, 0)));
    }

    /** An etcd that had not finished its compaction has more in its file than can be read. */
    @Test
    void removesWhatALoadedHistoryHasBelowItsCompaction() {
        Key key = Key.of(new byte[] {'a'});
        Loaded loaded = new Loaded(List.of(version(key, 3, 1), version(key, 5, 2), version(key, 8, 3)), 6);
        try (Image image = Image.open(folder, SETTINGS)) {
            image.apply(Logged.of(loaded), new Position(1, 1, "log"));
            image.removed(6).orTimeout(60, TimeUnit.SECONDS).join();
        }

        Database database = Database.open(folder, SETTINGS);
        Set<String> changes = keys(database, Table.CHANGES);
        database.close();

        assertThat(changes).containsExactly(hex(StoredKeys.change(5, 0)), hex(StoredKeys.change(8, 0)));
    }

    private static Loaded.Revision version(Key key, long revision, long version) {
        Change put = new Change.Put(new KeyValue(key, 3, revision, version, new byte[0], 0));
        return new Loaded.Revision(revision, List.of(put), List.of(0), 0);
    }

    private static Set<String> keys(Database database, Table table) {
        Set<String> keys = new TreeSet<>();
        try (Cursor cursor = database.now().cursor(table, new byte[0], null)) {
            for (; cursor.valid(); cursor.next()) {
                keys.add(hex(cursor.key()));
            }
        }
        return keys;
    }

    /** Where the history leads to. */
    private static Set<String> elsewhere(Database database) {
        Set<String> keys = new TreeSet<>();
        try (Cursor cursor = database.now().cursor(Table.HISTORY, new byte[0], null)) {
            for (; cursor.valid(); cursor.next()) {
                if (EndedVersion.isElsewhere(cursor.value())) {
                    keys.add(hex(EndedVersion.keyOf(cursor.value())));
                }
            }
        }
        return keys;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** By the definition: of each key what it was at the floor, what came later, an end that lies at the floor. */
    private static Set<String> readable(List<Transaction> log, long floor) {
        TreeMap<Key, TreeMap<Long, Boolean>> versions = new TreeMap<>();
        Set<String> readable = new TreeSet<>();
        for (Transaction transaction : log) {
            if (transaction instanceof Write write) {
                List<Change> changes = write.changes();
                for (int sub = 0; sub < changes.size(); sub++) {
                    Key key = changes.get(sub).key();
                    TreeMap<Long, Boolean> own = versions.computeIfAbsent(key, at -> new TreeMap<>());
                    own.put(write.revision(), changes.get(sub) instanceof Change.Put);
                    boolean again = changes.subList(sub + 1, changes.size()).stream()
                            .anyMatch(later -> later.key().equals(key));
                    if (again && changes.get(sub) instanceof Change.Put && write.revision() >= floor) {
                        readable.add(hex(StoredKeys.history(key.bytes(), write.revision(), sub)));
                    }
                }
            }
        }
        versions.forEach((key, own) -> own.forEach((revision, exists) -> {
            boolean isNewest = revision.equals(own.lastKey()) && exists;
            Long then = own.floorKey(floor);
            boolean gone = revision < floor && (!revision.equals(then) || !exists);
            if (!isNewest && !gone) {
                readable.add(hex(StoredKeys.history(key.bytes(), revision)));
            }
        }));
        return readable;
    }

    /** Those from the floor on, and those that made what there was at it. */
    private static Set<String> changes(List<Transaction> log, long floor) {
        Set<String> changes = new TreeSet<>();
        Map<Key, String> standing = new HashMap<>();
        for (Transaction transaction : log) {
            if (transaction instanceof Write write) {
                for (int sub = 0; sub < write.changes().size(); sub++) {
                    Change change = write.changes().get(sub);
                    String stored = hex(StoredKeys.change(write.revision(), sub));
                    if (write.revision() >= floor) {
                        changes.add(stored);
                    }
                    if (write.revision() <= floor && change instanceof Change.Put) {
                        standing.put(change.key(), stored);
                    } else if (write.revision() <= floor) {
                        standing.remove(change.key());
                    }
                }
            }
        }
        changes.addAll(standing.values());
        return changes;
    }

    /** The thread that removes ends with the image; the next one goes on where it was. */
    @Test
    void goesOnAfterARestart() {
        Key key = Key.of(new byte[] {'k'});
        int versions = 20_000;
        List<Transaction> writes = new ArrayList<>();
        for (int i = 0; i < versions; i++) {
            KeyValue kv = new KeyValue(key, 2, i + 2, i + 1, new byte[10], 0);
            writes.add(new Write(i + 2, List.of(new Change.Put(kv)), 0));
        }
        writes.add(new Transaction.Compacted(versions));
        long left;
        try (Image image = Image.open(folder, SETTINGS)) {
            image.apply(Logged.of(writes), new Position(1, 1, "log"));
            left = image.figures().removalBacklog();
        }
        assertThat(left).isPositive();

        try (Image image = Image.open(folder, SETTINGS)) {
            image.removed(versions).join();
            assertThat(image.figures().removalBacklog()).isZero();
        }

        Database database = Database.open(folder, SETTINGS);
        assertThat(keys(database, Table.HISTORY)).containsExactly(hex(StoredKeys.history(key.bytes(), versions)));
        assertThat(keys(database, Table.CHANGES)).hasSize(2);
        database.close();
    }
}
