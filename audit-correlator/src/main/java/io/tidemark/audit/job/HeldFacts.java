package io.tidemark.audit.job;

import io.tidemark.audit.correlate.FactStore;
import io.tidemark.schema.correlate.ChunkIndex;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactChunk;
import io.tidemark.schema.correlate.StoredFact;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one key: those that were needed lately in memory, all of them in chunks in Flink's state.
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
    private static final int OVERHEAD_BYTES = 160;

    private final ChunkStore stored;
    private final Map<Long, Integer> chunkOf = new LinkedHashMap<>();
    private final Map<Long, byte[]> loaded = new HashMap<>();
    private final Set<Integer> given = new HashSet<>();
    private int open;
    private boolean openLoaded;
    private boolean openChanged;
    private long loadedBytes;
    private byte @Nullable [] incoming;

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

    /** The bytes of the fact that the correlator is about to be shown, and will put unless it knows it already. */
    void incoming(byte[] fact) {
        incoming = fact;
    }

    @Override
    public @Nullable Fact get(long spanId) {
        byte[] bytes = loaded.get(spanId);
        if (bytes == null) {
            Integer chunk = chunkOf.get(spanId);
            if (chunk == null) {
                return null;
            }
            load(chunk);
            bytes = loaded.get(spanId);
        }
        return bytes == null ? null : StateCodec.decodeFact(bytes);
    }

    @Override
    public void put(Fact fact) {
        byte[] bytes = incoming;
        if (bytes == null) {
            throw new IllegalStateException("fact " + fact.getSpanId() + " is put without having come in");
        }
        hold(fact.getSpanId(), bytes);
    }

    @Override
    public void replace(Fact fact) {
        hold(fact.getSpanId(), StateCodec.encode(fact));
    }

    private void hold(long spanId, byte[] bytes) {
        remove(spanId);
        if (!openLoaded) {
            load(open);
        }
        chunkOf.put(spanId, open);
        keep(spanId, bytes);
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
        byte[] bytes = loaded.remove(spanId);
        loadedBytes -= bytes == null ? 0 : bytes.length + OVERHEAD_BYTES;
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
                byte[] bytes = new byte[fact.getFact().remaining()];
                fact.getFact().get(bytes);
                keep(fact.getSpanId(), bytes);
            }
        }
        openLoaded |= chunk == open;
    }

    private void keep(long spanId, byte[] bytes) {
        loaded.put(spanId, bytes);
        loadedBytes += bytes.length + OVERHEAD_BYTES;
    }

    long loadedBytes() {
        return loadedBytes;
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
    }

    private void writeOpen() {
        List<StoredFact> facts = new ArrayList<>();
        int bytes = 0;
        for (Map.Entry<Long, Integer> each : chunkOf.entrySet()) {
            byte[] fact = each.getValue() == open ? loaded.get(each.getKey()) : null;
            if (fact != null) {
                facts.add(new StoredFact(each.getKey(), ByteBuffer.wrap(fact)));
                bytes += fact.length;
            }
        }
        if (facts.isEmpty()) {
            stored.remove(open);
        } else {
            stored.write(open, new FactChunk(facts));
        }
        if (bytes >= CHUNK_BYTES) {
            open++;
            openLoaded = true;
        }
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
