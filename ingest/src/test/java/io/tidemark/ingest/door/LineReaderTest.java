package io.tidemark.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.audit.ByteSlice;
import io.tidemark.ingest.audit.Samples;
import io.tidemark.schema.audit.AuditDoor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineReaderTest {
    private static final int LIMIT = 2_000;
    private static final int TEXTS = 50;
    private static final String LETTERS = "ab\u00fc{}\"";

    /** The same ones every time, and one that nobody has tried yet. */
    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 9), LongStream.of(System.nanoTime()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesTheSameLinesWhereverTheBytesAreCut(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            List<String> lines = some(random, 1, () -> line(random));
            String text = String.join("\n", lines);
            List<LineReader.Line> whole = read(text, List.of(Integer.MAX_VALUE));
            assertThat(read(text, cuts(random))).isEqualTo(whole);
            assertThat(whole.stream().map(LineReaderTest::text))
                    .isEqualTo(text.isEmpty() ? List.of() : expected(lines));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void acceptsTheSameEventsWhereverTheBytesAreCut(long seed) throws Exception {
        MemoryAuditLog log = new MemoryAuditLog();
        LineIntake intake = new LineIntake(
                Doors.intake(log, AuditLimits.DEFAULT),
                "shop",
                AuditDoor.UPLOAD,
                1,
                (offset, accepted, rejected) -> {});
        for (LineReader.Line line : read(String.join("\n", Samples.lines()), cuts(new Random(seed)), 1_000_000)) {
            intake.add(line);
        }
        intake.flush();
        assertThat(log.rejects()).isEmpty();
        assertThat(log.events()).hasSameSizeAs(Samples.lines());
    }

    private static String line(Random random) {
        return random.nextInt(10) == 0
                ? "x".repeat(LIMIT + 1)
                : String.join(
                        "", some(random, 0, () -> String.valueOf(LETTERS.charAt(random.nextInt(LETTERS.length())))));
    }

    private static List<Integer> cuts(Random random) {
        return some(random, 1, () -> 1 + random.nextInt(3_000));
    }

    private static <T> List<T> some(Random random, int least, Supplier<T> one) {
        return Stream.generate(one).limit(least + random.nextInt(20)).toList();
    }

    private static List<String> expected(List<String> lines) {
        List<String> kept = new ArrayList<>(lines.stream()
                .map(line -> line.substring(0, Math.min(LIMIT, line.length())))
                .toList());
        if (kept.getLast().isEmpty()) {
            kept.removeLast();
        }
        return kept;
    }

    private static String text(LineReader.Line line) {
        return new String(line.text().toBytes(), StandardCharsets.UTF_8);
    }

    private static List<LineReader.Line> read(String text, List<Integer> cuts) throws IOException {
        return read(text, cuts, LIMIT);
    }

    private static List<LineReader.Line> read(String text, List<Integer> cuts, int limit) throws IOException {
        LineReader reader = new LineReader(new Pieces(text.getBytes(StandardCharsets.UTF_8), cuts), limit, 0, 0);
        List<LineReader.Line> lines = new ArrayList<>();
        for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
            lines.add(line);
        }
        LineReader.Line rest = reader.rest();
        if (rest != null) {
            lines.add(rest);
        }
        return lines;
    }

    /** Gives its bytes in pieces of the sizes named, over and over. */
    private static final class Pieces extends InputStream {
        private final ByteSlice bytes;
        private final List<Integer> sizes;
        private int at;
        private int piece;

        Pieces(byte[] bytes, List<Integer> sizes) {
            this.bytes = ByteSlice.of(bytes);
            this.sizes = sizes;
        }

        @Override
        public int read() {
            throw new AssertionError("lines are read in pieces");
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == bytes.length()) {
                return -1;
            }
            int count = Math.min(Math.min(length, sizes.get(piece++ % sizes.size())), bytes.length() - at);
            System.arraycopy(bytes.array(), at, target, offset, count);
            at += count;
            return count;
        }
    }
}
