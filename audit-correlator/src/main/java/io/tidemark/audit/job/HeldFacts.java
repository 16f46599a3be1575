package io.tidemark.audit.job;

import io.tidemark.audit.correlate.FactStore;
import io.tidemark.audit.fact.Evidence;
import io.tidemark.schema.correlate.ChunkIndex;
import io.tidemark.schema.correlate.FactChunk;
import io.tidemark.schema.correlate.StoredFact;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one key: those that were needed lately in memory, all of them in chunks in Flink's state. What came in or
 * was read since the key was last written is held as it is, so that its neighbours find it without decoding; what was
 * written is held as bytes.
 *
 * <pre>
 *   chunk 0 (full)      chunk 1 (full)      chunk 2 (open)
 *   f1 f2 f3 ... f9     f10 ... f17         f18 f19       <- a new fact goes here
 *   never written again; goes when          written as a whole with each write of the key;
 *   none of its facts is wanted             full, once its facts have CHUNK_BYTES
 * </pre>
 */
final class HeldFacts implements FactStore {
    private static final int CHUNK_BYTES = 64 * 1024;
    /** Rough cost of a fact in memory besides its bytes. */
    private static final int OVERHEAD_BYTES = 250;

    /** Rough cost of evidence in memory besides the bodies. */
    private static final long EVIDENCE_BYTES = 3_000;

    private final ChunkStore stored;
    private final Map<Long, Integer> chunkOf = new LinkedHashMap<>();
    private final Map<Long, StoredFact> loaded = new HashMap<>();
    private final Map<Long, Evidence> known = new HashMap<>();
    private final Set<Integer> given = new HashSet<>();
    private int open;
    private boolean openLoaded;
    private boolean openChanged;
    private long bytes;

    /** The chunks of the key that Flink's state stands on; only called while it does. */
    interface ChunkStore {
        FactChunk read(int number);

        void write(int number, FactChunk chunk);

        void remove(int number);
    }

    HeldFacts(ChunkStore stored, int open, List<ChunkIndex> chunks) {
        this.stored = stored;
        this.open = open;
        for (ChunkIndex chunk : chunks) {
            chunk.getSpanIds().forEach(id -> chunkOf.put(id, chunk.getNumber()));
        }
        this.openLoaded = !chunkOf.containsValue(open);
    }

    @Override
    public @Nullable Evidence get(long spanId) {
        Evidence evidence = known.get(spanId);
        Integer chunk = chunkOf.get(spanId);
        if (evidence != null || chunk == null) {
            return evidence;
        }
        if (!loaded.containsKey(spanId)) {
            load(chunk);
        }
        Evidence decoded = StateCodec.decode(Objects.requireNonNull(
                loaded.get(spanId), () -> "correlator state: fact " + spanId + " is not in its chunk " + chunk));
        know(spanId, decoded);
        return decoded;
    }

    @Override
    public void put(Evidence evidence) {
        long spanId = evidence.fact().getSpanId();
        remove(spanId);
        if (!openLoaded) {
            load(open);
        }
        chunkOf.put(spanId, open);
        know(spanId, evidence);
        openChanged = true;
    }

    @Override
    public void remove(long spanId) {
        Integer chunk = chunkOf.get(spanId);
        if (chunk == null) {
            return;
        }
        if (chunk == open && !openLoaded) {
            load(open); // it will be written as a whole
        }
        chunkOf.remove(spanId);
        StoredFact old = loaded.remove(spanId);
        bytes -= old == null ? 0 : size(old);
        Evidence gone = known.remove(spanId);
        bytes -= gone == null ? 0 : size(gone);
        if (chunk == open) {
            openChanged = true;
        } else {
            given.add(chunk);
        }
    }

    private void load(int chunk) {
        for (StoredFact fact : stored.read(chunk).getFacts()) {
            Integer wanted = chunkOf.get(fact.getSpanId());
            if (wanted != null && wanted == chunk && !loaded.containsKey(fact.getSpanId())) {
                keep(fact);
            }
        }
        openLoaded |= chunk == open;
    }

    private void keep(StoredFact fact) {
        loaded.put(fact.getSpanId(), fact);
        bytes += size(fact);
    }

    private void know(long spanId, Evidence evidence) {
        known.put(spanId, evidence);
        bytes += size(evidence);
    }

    private static long size(StoredFact fact) {
        long parts = fact.getParts().stream().mapToLong(Buffer::remaining).sum();
        return OVERHEAD_BYTES + fact.getFact().remaining() + fact.getDraft().remaining() + parts;
    }

    private static long size(Evidence evidence) {
        return EVIDENCE_BYTES
                + evidence.fact().getBody().remaining()
                + evidence.fact().getAsked().remaining();
    }

    /** What is held in memory, by estimate. */
    long bytes() {
        return bytes;
    }

    /** Brings the stored chunks to what is held here. */
    void write() {
        Set<Integer> wanted = new HashSet<>(chunkOf.values());
        given.stream().filter(chunk -> !wanted.contains(chunk)).forEach(stored::remove);
        given.clear();
        if (openChanged) {
            writeOpen();
            openChanged = false;
        }
        known.values().forEach(evidence -> bytes -= size(evidence));
        known.clear();
    }

    private void writeOpen() {
        List<StoredFact> facts = new ArrayList<>();
        long size = 0;
        for (Map.Entry<Long, Integer> each : chunkOf.entrySet()) {
            if (each.getValue() == open) {
                StoredFact fact = encoded(each.getKey());
                facts.add(fact);
                size += size(fact);
            }
        }
        if (facts.isEmpty()) {
            stored.remove(open);
        } else {
            stored.write(open, new FactChunk(facts));
        }
        if (size >= CHUNK_BYTES) {
            open++;
            openLoaded = true;
        }
    }

    private StoredFact encoded(long spanId) {
        StoredFact fact = loaded.get(spanId);
        if (fact == null) {
            fact = StateCodec.encode(Objects.requireNonNull(known.get(spanId)));
            keep(fact);
        }
        return fact;
    }

    int open() {
        return open;
    }

    List<ChunkIndex> index() {
        Map<Integer, List<Long>> chunks = new LinkedHashMap<>();
        chunkOf.forEach((id, chunk) ->
                chunks.computeIfAbsent(chunk, number -> new ArrayList<>()).add(id));
        List<ChunkIndex> index = new ArrayList<>();
        chunks.forEach((number, ids) -> index.add(new ChunkIndex(number, ids)));
        return index;
    }
}
