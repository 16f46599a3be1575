package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Decision.Commit;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.MemoryKeyspace;
import io.tidemark.revision.machine.Transaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image says what the keyspace in memory says, through restarts, crashes and compactions: random programs. */
class ImageProgramsTest {
    private static final int COMMANDS = 4_000;
    private static final ImageSettings SMALL = new ImageSettings(1 << 20, 1 << 20, 2, 100, 3);

    private final Machine machine = new Machine(Limits.ETCD, 1);
    /** Offset is the place in the list. */
    private final List<Transaction> log = new ArrayList<>();

    private final MemoryKeyspace memory = new MemoryKeyspace();

    @TempDir
    Path folder;

    private int folders;
    private int partBytes = Application.PART_BYTES;

    /** A view of some time ago, a question, and what the keyspace in memory answered then. */
    private record Held(View view, Range asked, String expected) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void saysWhatTheKeyspaceInMemorySays(long seed) throws IOException {
        Random random = new Random(seed);
        partBytes = seed % 2 == 0 ? 100 : partBytes; // nearly every change is a part
        RandomCommands commands = new RandomCommands(random);
        List<Held> held = new ArrayList<>();
        Path current = folder.resolve("0");
        Image image = Image.open(current, SMALL, partBytes);
        for (int i = 0; i < COMMANDS; i++) {
            Command command = commands.next(memory);
            if (machine.decide(memory, command) instanceof Commit commit) {
                memory.apply(commit.transaction());
                log.add(commit.transaction());
            }
            if (random.nextInt(3) == 0) {
                catchUp(image, random);
                compare(image, commands, "seed " + seed + ", command " + i);
                hold(image, commands, held, random);
            }
            if (random.nextInt(150) == 0) {
                checkAll(held);
                Path next = folder.resolve(String.valueOf(++folders));
                image = switch (random.nextInt(3)) {
                    case 0 -> reopened(image, current);
                    case 1 -> crashed(image, current, next);
                    default -> removed(image);
                };
                current = next.toFile().exists() ? next : current;
            }
        }
        checkAll(held);
        catchUp(image, random);
        compare(image, commands, "seed " + seed + ", end");
        image.close();
        assertThat(memory.revision()).isGreaterThan(COMMANDS / 3);
        assertThat(memory.compacted()).isGreaterThan(COMMANDS / 4);
    }

    private Image reopened(Image image, Path current) {
        Position before = image.position();
        image.close();
        Image opened = Image.open(current, SMALL, partBytes);
        assertThat(opened.position()).isEqualTo(before);
        return opened;
    }

    /** What is flushed stays, the rest comes again from the log. */
    private Image crashed(Image image, Path current, Path next) throws IOException {
        image.files().flush();
        long flushed = image.position().nextOffset();
        Folders.copy(current, next);
        image.close();
        Image opened = Image.open(next, SMALL, partBytes);
        assertThat(opened.position().nextOffset()).isEqualTo(flushed);
        return opened;
    }

    private Image removed(Image image) {
        if (image.compacted() > 0) {
            image.removed(image.compacted()).join();
            assertThat(image.figures().removalBacklog()).isZero();
        }
        return image;
    }

    private void catchUp(Image image, Random random) {
        int from = (int) image.position().nextOffset();
        while (from < log.size()) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(5));
            image.apply(Logged.of(log.subList(from, to)), new Position(to, 3, "here"));
            from = to;
        }
    }

    private void hold(Image image, RandomCommands commands, List<Held> held, Random random) {
        if (random.nextInt(8) == 0 && held.size() < 20) {
            Range asked = commands.read(memory);
            held.add(new Held(image.view(), asked, Told.of(machine.decide(memory, asked))));
        }
        if (random.nextInt(12) == 0 && !held.isEmpty()) {
            check(held.remove(random.nextInt(held.size())));
        }
    }

    private void checkAll(List<Held> held) {
        held.forEach(this::check);
        held.clear();
    }

    private void check(Held held) {
        try (View view = held.view()) {
            assertThat(Told.of(machine.decide(view, held.asked()))).isEqualTo(held.expected());
        }
    }

    private void compare(Image image, RandomCommands commands, String when) {
        assertThat(state(image)).as(when).isEqualTo(state(memory));
        assertThat(Told.of(image.leases())).as(when).isEqualTo(Told.of(memory.leases()));
        try (View view = image.view()) {
            Range asked = commands.read(memory);
            assertThat(Told.of(machine.decide(view, asked)))
                    .as("%s, %s", when, asked)
                    .isEqualTo(Told.of(machine.decide(memory, asked)));
            compareEncoded(view, asked, when);
        }
        KeyRange range = commands.range();
        int most = 1 + (int) (memory.revision() % 7);
        assertThat(image.keys(range, most)).as("%s, %s", when, range).isEqualTo(memory.keys(range, most));
        Command next = commands.next(memory);
        assertThat(Told.of(machine.decide(image, next)))
                .as("%s, %s", when, next)
                .isEqualTo(Told.of(machine.decide(memory, next)));
    }

    private static String state(Keyspace keyspace) {
        StringBuilder state = new StringBuilder();
        state.append(keyspace.revision()).append(' ').append(keyspace.compacted());
        for (long lease = 1; lease < 4; lease++) {
            state.append(Told.of(keyspace.lease(lease))).append(Told.of(keyspace.keysOf(lease)));
        }
        return state.toString();
    }

    private void compareEncoded(View view, Range asked, String when) {
        List<KeyValue> all = memory.at(asked.range(), asked.revision() == 0 ? memory.revision() : asked.revision());
        boolean more = asked.limit() > 0 && all.size() > asked.limit();
        List<KeyValue> wanted = more ? all.subList(0, (int) asked.limit()) : all;

        Listing listing = new Listing(asked.range(), asked.revision(), asked.limit(), false);
        EncodedPage found = view.page(listing, Long.MAX_VALUE, ByteBuffer::allocate);

        assertThat(Told.of(bytes(found.chunks()))).as("%s, %s", when, asked).isEqualTo(Told.of(elements(wanted)));
        assertThat(found.returned()).isEqualTo(wanted.size());
        assertThat(found.next() != null).as("%s, %s", when, asked).isEqualTo(more);
        assertThat(view.count(asked.range(), asked.revision()))
                .as("%s, %s", when, asked)
                .isEqualTo(all.size());
        long bytes = found.chunks().stream().mapToLong(ByteBuffer::remaining).sum();
        assertThat(view.measure(listing)).as("%s, %s", when, asked).isEqualTo(new PageSize(bytes, wanted.size(), more));
        assertThat(Told.of(paged(view, asked))).as("%s, paged, %s", when, asked).isEqualTo(Told.of(elements(all)));
    }

    /** Page by page, each of as many keys as fit into some bytes. */
    private static byte[] paged(View view, Range asked) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        KeyRange rest = asked.range();
        while (true) {
            PageSize left = view.measure(new Listing(rest, asked.revision(), 0, false));
            EncodedPage page = view.page(new Listing(rest, asked.revision(), 0, false), 60, ByteBuffer::allocateDirect);
            byte[] bytes = bytes(page.chunks());
            PageSize behind = page.next() == null
                    ? new PageSize(0, 0, false)
                    : view.measure(new Listing(new KeyRange(page.next(), rest.end()), asked.revision(), 0, false));
            assertThat(left)
                    .isEqualTo(new PageSize(
                            bytes.length + behind.bytes(), page.returned() + behind.returned(), behind.more()));
            assertThat(bytes.length <= 60 || page.returned() == 1).isTrue();
            all.writeBytes(bytes);
            if (page.next() == null) {
                return all.toByteArray();
            }
            rest = new KeyRange(page.next(), rest.end());
        }
    }

    private static byte[] bytes(List<ByteBuffer> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer chunk : chunks) {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.duplicate().get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] elements(List<KeyValue> kvs) {
        return bytes(
                kvs.stream().map(KeyValueElement::encode).map(ByteBuffer::wrap).toList());
    }
}
