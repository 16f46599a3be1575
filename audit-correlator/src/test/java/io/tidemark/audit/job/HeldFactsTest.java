package io.tidemark.audit.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.fact.Evidence;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.PhaseDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanId;
import io.tidemark.schema.audit.SpanKind;
import io.tidemark.schema.audit.TraceId;
import io.tidemark.schema.correlate.BodyShape;
import io.tidemark.schema.correlate.ChunkIndex;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactChunk;
import io.tidemark.schema.correlate.FactKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The facts of a key, however often they went out to the state and came back. */
class HeldFactsTest {
    private static final int BODY_BYTES = 10_000;

    private final MemoryChunks chunks = new MemoryChunks();
    private HeldFacts facts = new HeldFacts(chunks, 0, List.of());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void holdsWhatAMapWouldHold(long seed) {
        Random random = new Random(seed);
        Map<Long, Evidence> expected = new HashMap<>();
        for (int step = 0; step < 2_000; step++) {
            long id = random.nextInt(60);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> expected.put(id, put(id, step));
                case 4 -> {
                    facts.remove(id);
                    expected.remove(id);
                }
                case 5 -> {
                    if (random.nextBoolean()) {
                        facts.write();
                    } else {
                        reload();
                    }
                }
                default -> assertThat(facts.get(id)).as("step %d", step).isEqualTo(expected.get(id));
            }
        }
        reload();
        for (long id = 0; id < 60; id++) {
            assertThat(facts.get(id)).isEqualTo(expected.get(id));
        }
        assertThat(chunks.stored.keySet()).isEqualTo(indexed());
    }

    @Test
    void neverWritesAFullChunkAgain() {
        for (long id = 0; id < 8; id++) {
            put(id, 0);
        }
        reload();
        int written = chunks.writes;

        put(100, 1);
        reload();

        assertThat(facts.open()).isEqualTo(1);
        assertThat(chunks.writes).isEqualTo(written + 1);
        assertThat(chunks.read(1).getFacts()).hasSize(1);
    }

    @Test
    void dropsAFullChunkWhenNoneOfItsFactsIsWanted() {
        for (long id = 0; id < 8; id++) {
            put(id, 0);
        }
        reload();

        for (long id = 0; id < 8; id++) {
            facts.remove(id);
        }
        reload();

        assertThat(chunks.stored).doesNotContainKey(0);
        assertThat(facts.get(3)).isNull();
    }

    private Set<Integer> indexed() {
        return facts.index().stream().map(ChunkIndex::getNumber).collect(Collectors.toSet());
    }

    private void reload() {
        facts.write();
        facts = new HeldFacts(chunks, facts.open(), facts.index());
    }

    private Evidence put(long id, int content) {
        Evidence evidence = evidence(id, content);
        facts.put(evidence);
        return evidence;
    }

    static Evidence evidence(long id, int content) {
        return new Evidence(fact(id, content), span(SpanKind.REQUEST), List.of(span(SpanKind.PHASE)));
    }

    private static Span span(SpanKind kind) {
        return new Span(
                new SpanId(new byte[8]),
                null,
                new TraceId(new byte[16]),
                kind,
                new SpanId(new byte[8]),
                new ObjectIdentity("c", "", "v1", "pods", "Pod", "ns", "p", "u"),
                Instant.EPOCH,
                Instant.EPOCH,
                new PhaseDetail("etcd", 1L, "", List.of(), 0),
                Instant.EPOCH,
                false,
                false);
    }

    private static Fact fact(long id, int content) {
        byte[] body = new byte[BODY_BYTES];
        new Random(content).nextBytes(body);
        return Fact.newBuilder()
                .setKind(FactKind.REQUEST)
                .setSpanId(id)
                .setRichness(content)
                .setReceivedMicros(1)
                .setStageMicros(2)
                .setAcceptedMicros(3)
                .setUid("u")
                .setEffect("UPDATED")
                .setSubresource("")
                .setVersion(4)
                .setClaims(true)
                .setBase(0)
                .setCreatedMicros(0)
                .setShape(BodyShape.WHOLE)
                .setBody(ByteBuffer.wrap(body))
                .setAsked(ByteBuffer.allocate(0))
                .setHasMetadata(false)
                .setOwners(List.of())
                .setLabels(Map.of())
                .setNode("")
                .setCount(0)
                .build();
    }

    /** Chunks as Flink's state holds them: packed. */
    private static final class MemoryChunks implements HeldFacts.ChunkStore {
        private final Map<Integer, FactChunk> stored = new HashMap<>();
        private final StateCodec codec = new StateCodec();
        private int writes;

        @Override
        public FactChunk read(int number) {
            return codec.unpackChunk(codec.pack(Objects.requireNonNull(stored.get(number))));
        }

        @Override
        public void write(int number, FactChunk chunk) {
            writes++;
            stored.put(number, codec.unpackChunk(codec.pack(chunk)));
        }

        @Override
        public void remove(int number) {
            stored.remove(number);
        }
    }
}
