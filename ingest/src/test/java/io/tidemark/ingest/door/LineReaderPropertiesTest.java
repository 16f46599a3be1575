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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class LineReaderPropertiesTest {
    private static final int LIMIT = 2_000;

    @Property(tries = 300)
    void givesTheSameLinesWhereverTheBytesAreCut(
            @ForAll("texts") List<String> lines, @ForAll("cuts") List<Integer> cuts) throws IOException {
        String text = String.join("\n", lines);
        List<LineReader.Line> whole = read(text, List.of(Integer.MAX_VALUE));
        assertThat(read(text, cuts)).isEqualTo(whole);
        assertThat(whole.stream().map(LineReaderPropertiesTest::text))
                .isEqualTo(text.isEmpty() ? List.of() : expected(lines));
    }

    @Property(tries = 100)
    void acceptsTheSameEventsWhereverTheBytesAreCut(@ForAll("cuts") List<Integer> cuts) throws Exception {
        MemoryAuditLog log = new MemoryAuditLog();
        LineIntake intake = new LineIntake(
                Doors.intake(log, AuditLimits.DEFAULT),
                "shop",
                AuditDoor.UPLOAD,
                1,
                (offset, accepted, rejected) -> {});
        for (LineReader.Line line : read(String.join("\n", Samples.lines()), cuts, 1_000_000)) {
            intake.add(line);
        }
        intake.flush();
        assertThat(log.rejects()).isEmpty();
        assertThat(log.events()).hasSameSizeAs(Samples.lines());
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> text = Arbitraries.strings().withChars("ab\u00fc{}\"").ofMaxLength(40);
        Arbitrary<String> tooLong = Arbitraries.just("x".repeat(LIMIT + 1));
        return Arbitraries.frequencyOf(Tuple.of(9, text), Tuple.of(1, tooLong))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(1, 3_000).list().ofMinSize(1).ofMaxSize(20);
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
