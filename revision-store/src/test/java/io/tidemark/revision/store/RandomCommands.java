package io.tidemark.revision.store;

import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Command.Bounds;
import io.tidemark.revision.machine.Command.Compact;
import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Grant;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Revoke;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Sort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Commands by chance: few keys, among them beginnings of others and such with bytes that are escaped. */
public final class RandomCommands {
    private static final List<String> KEYS = List.of(
            "a",
            "a\0",
            "a\0\0",
            "a\0\1",
            "a\1",
            "ab",
            "a\u00ff",
            "b",
            "\0",
            "\0\0",
            "\u00ff",
            "\u00ff\u00ff",
            "k/1",
            "k/2",
            "k/10",
            "l");
    private static final List<String> ENDS =
            List.of("\0", "", "a\0", "a\1", "b", "c", "k0", "l", "\u00ff", "\u00ff\u00ff\u00ff");

    private final Random random;

    public RandomCommands(Random random) {
        this.random = random;
    }

    public Command next(Keyspace keyspace) {
        return switch (random.nextInt(16)) {
            case 0 -> new Grant(1 + random.nextInt(3), 100, 1);
            case 1 -> new Revoke(1 + random.nextInt(3));
            case 2 -> new Compact(keyspace.revision() - random.nextInt(12));
            case 3, 4 -> new Delete(range(), true);
            // deletes what it puts then, or puts what it deletes then: several changes of a key at one revision
            case 5 -> always(new Delete(new KeyRange(key(), bytes("\0")), true), put());
            case 6 -> always(always(put(), put()), always(new Delete(range(), false)));
            case 7 -> always(put(), put(), put());
            default -> put();
        };
    }

    private static Txn always(Op... ops) {
        return new Txn(List.of(), List.of(ops), List.of());
    }

    private Put put() {
        byte[] value = new byte[random.nextInt(random.nextInt(4) == 0 ? 2 * EndedVersion.SHORT_BYTES : 20)];
        random.nextBytes(value);
        return new Put(key(), value, random.nextInt(4), false, false, false);
    }

    Range read(Keyspace keyspace) {
        long readable = Math.max(1, keyspace.compacted());
        long revision = random.nextInt(3) == 0 ? 0 : readable + random.nextLong(keyspace.revision() - readable + 1);
        Sort sort = random.nextInt(6) > 0
                ? Sort.NATURAL
                : new Sort(Sort.Order.DESCEND, Sort.Target.values()[random.nextInt(5)]);
        return new Range(
                range(), revision, random.nextInt(6), sort, new Bounds(0, 0, 0, 0), random.nextInt(9) == 0, false);
    }

    KeyRange range() {
        return random.nextInt(4) == 0
                ? KeyRange.single(key())
                : new KeyRange(key(), bytes(ENDS.get(random.nextInt(ENDS.size()))));
    }

    private Key key() {
        return bytes(KEYS.get(random.nextInt(KEYS.size())));
    }

    private static Key bytes(String text) {
        return Key.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
