package io.tidemark.revision.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.machine.Command.Bounds;
import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Decision.Commit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AheadTest {
    private static final int COMMANDS = 300;

    private final Machine machine = new Machine(Limits.ETCD, 1);

    /** With some of what was decided applied and the rest on top, it is as if all were applied: random commands. */
    @Test
    void itsKeysAreThoseOfTheKeyspaceThatItIsAheadOf() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            MemoryKeyspace applied = new MemoryKeyspace();
            MemoryKeyspace whole = new MemoryKeyspace();
            Ahead ahead = new Ahead(applied);
            List<Transaction> onTop = new ArrayList<>();
            for (int i = 0; i < COMMANDS; i++) {
                Decision decision = machine.decide(ahead, command(random));
                if (decision instanceof Commit commit) {
                    ahead.add(commit.transaction());
                    whole.apply(commit.transaction());
                    onTop.add(commit.transaction());
                }
                if (random.nextInt(20) == 0) {
                    onTop.forEach(applied::apply);
                    onTop.clear();
                    ahead.forget();
                }
                KeyRange range = range(random);
                int most = 1 + random.nextInt(8);
                assertThat(ahead.keys(range, most))
                        .as("seed %d, command %d, %s, at most %d", seed, i, range, most)
                        .isEqualTo(whole.keys(range, most));
                compareAnswers(ahead, range, most - 1, random.nextInt(3));
            }
            assertThat(whole.revision()).as("seed %d", seed).isGreaterThan(COMMANDS / 2);
        }
    }

    /** What a limit leaves out is not read at the newest revision; asked for by its number, it is. */
    private void compareAnswers(Ahead ahead, KeyRange range, long limit, int kind) {
        Range newest = new Range(range, 0, limit, Sort.NATURAL, Bounds.NONE, kind == 1, kind == 2);
        Range numbered = new Range(range, ahead.revision(), limit, Sort.NATURAL, Bounds.NONE, kind == 1, kind == 2);

        assertThat(machine.decide(ahead, newest)).as("%s", newest).isEqualTo(machine.decide(ahead, numbered));
    }

    private static Command command(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Delete(range(random), random.nextBoolean());
            case 1 -> new Txn(List.of(), List.of(new Delete(range(random), false), put(random)), List.of());
            default -> put(random);
        };
    }

    private static Put put(Random random) {
        return new Put(key(random), new byte[] {1}, 0, false, false, false);
    }

    private static KeyRange range(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> KeyRange.single(key(random));
            case 1 -> new KeyRange(key(random), Key.of(new byte[] {0}));
            default -> new KeyRange(key(random), key(random));
        };
    }

    private static Key key(Random random) {
        return Key.of(String.valueOf((char) ('a' + random.nextInt(12))).getBytes(StandardCharsets.UTF_8));
    }
}
