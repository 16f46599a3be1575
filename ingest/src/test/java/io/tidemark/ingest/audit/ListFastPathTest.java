package io.tidemark.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the fast path reads, the parser reads in the same way; what API servers write, the fast path reads. */
class ListFastPathTest {
    private static final String PIECES = "{}[]\",:\\u00e9\\n 0-1.5e+3 null true \t\u00e4\u0001";

    private final AuditReader reader = new AuditReader(AuditLimits.DEFAULT);

    @Test
    void readsWhatAnApiServerWrote() throws Exception {
        String list = Samples.list(Samples.lines());

        AuditBatch fast = fast(list);

        assertThat(fast).isNotNull();
        assertThat(fast).isEqualTo(parsed(list));
    }

    @Test
    void rejectsWhatTheParserRejects() throws Exception {
        List<String> events = List.of(
                Samples.EVENT,
                Samples.with("ResponseComplete", "Later"),
                Samples.with("\"auditID\":\"id-1\"", "\"auditID\":null"),
                Samples.with("2026-11-23T08:17:47.079384Z", "yesterday"),
                Samples.EVENT);
        String list = Samples.list(events);

        AuditBatch fast = fast(list);

        assertThat(fast).isNotNull();
        assertThat(fast).isEqualTo(parsed(list));
        assertThat(parsed(list).rejected()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverDiffersFromTheParserOnDamagedLists(long seed) throws Exception {
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 4_000; i++) {
            String list = damaged(random);
            AuditBatch fast = fast(list);
            if (fast != null) {
                read++;
                assertThat(fast).as(list).isEqualTo(parsed(list));
            }
        }
        assertThat(read).as("lists that stayed plain").isBetween(200, 3_800);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[],\"metadata\":{\"a\":01}}",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[]} x",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1beta1\",\"items\":[]}",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\"}",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[],\"\\u0069tems\":[1]}",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[],}",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[],\"a\":\"\\x\"}",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[],\"a\":1.}",
                "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[],\"a\":[1 2]}",
                "[]",
                ""
            })
    void leavesToTheParserWhatIsWrong(String list) {
        assertThat(fast(list)).isNull();
    }

    @Test
    void leavesDeepNestingToTheParser() {
        String deep = "[".repeat(AuditLimits.DEFAULT.depth()) + "]".repeat(AuditLimits.DEFAULT.depth());

        assertThat(fast(Samples.list(List.of(Samples.with("{\"username\":\"dave\"}", deep)))))
                .isNull();
    }

    private static String damaged(Random random) {
        List<String> lines = Samples.lines();
        List<String> events = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            events.add(lines.get(random.nextInt(lines.size())));
        }
        StringBuilder list = new StringBuilder(Samples.list(events));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(list.length());
            int from = random.nextInt(PIECES.length());
            String piece = PIECES.substring(from, Math.min(PIECES.length(), from + random.nextInt(3)));
            list.replace(at, Math.min(list.length(), at + random.nextInt(3)), piece);
        }
        return list.toString();
    }

    private static @Nullable AuditBatch fast(String list) {
        return ListFastPath.read(Samples.bytes(list), AuditLimits.DEFAULT, Samples.NOW_MICROS);
    }

    private AuditBatch parsed(String list) throws UnreadableListException {
        byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
        return reader.parseList(new Text(ByteSlice.of(bytes)), Samples.NOW_MICROS);
    }
}
