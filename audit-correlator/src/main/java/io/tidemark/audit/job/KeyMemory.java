package io.tidemark.audit.job;

import io.tidemark.audit.correlate.Timeline;
import io.tidemark.schema.correlate.FactChunk;
import io.tidemark.schema.correlate.KeyState;
import io.tidemark.topic.AvroBinary;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * The keys that were needed lately, in memory, in front of Flink's state: an object that is worked on gives many events
 * within seconds, and each would else be read, decoded, encoded and written. What changed is written when its key has
 * to make room and before each checkpoint; a crash goes back to the checkpoint with both (docs/adr/0007).
 *
 * <p>Confined to the task's thread.
 */
final class KeyMemory {
    private final Map<String, HeldKey> keys = new LinkedHashMap<>(1_024, 0.75f, true);
    private final StateCodec codec = new StateCodec();
    private final KeyContext context;
    private final ValueState<byte[]> stored;
    private final MapState<Integer, byte[]> chunks;
    private final long mostBytes;
    private volatile long bytes;

    /**
     * @param context moves Flink's state from key to key
     * @param stored KeyState of each key, packed
     * @param chunks FactChunk by number, packed
     * @param mostBytes memory for all keys, as estimated
     */
    KeyMemory(KeyContext context, ValueState<byte[]> stored, MapState<Integer, byte[]> chunks, long mostBytes) {
        this.context = context;
        this.stored = stored;
        this.chunks = chunks;
        this.mostBytes = mostBytes;
    }

    /** The key that Flink's state stands on; a new one when it is not known. */
    HeldKey current() {
        String key = (String) context.getCurrentKey();
        HeldKey held = keys.get(key);
        if (held == null) {
            held = read(key);
            keys.put(key, held);
        }
        return held;
    }

    /** To be called when the work on the current key is done: lets go of the keys that were not needed for longest. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, metric reporters read
    void settle(HeldKey held) {
        bytes += held.growthBytes();
        if (bytes <= mostBytes) {
            return;
        }
        Iterator<HeldKey> eldest = keys.values().iterator();
        while (bytes > mostBytes && keys.size() > 1) {
            HeldKey old = eldest.next();
            write(old);
            bytes -= old.countedBytes();
            eldest.remove();
        }
        context.setCurrentKey(held.key);
    }

    /** Forgets the current key. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, metric reporters read
    void forget(HeldKey held) {
        keys.remove(held.key);
        bytes -= held.countedBytes();
        stored.clear();
        chunks.clear();
    }

    /** Brings Flink's state to what is held here. Leaves it on any key. */
    void writeAll() {
        keys.values().forEach(this::write);
    }

    long bytes() {
        return bytes;
    }

    void close() {
        codec.close();
    }

    private HeldKey read(String key) {
        byte[] packed = StateFailure.guard("read", stored::value);
        if (packed == null) {
            return new HeldKey(key, Timeline.empty(), new HeldFacts(new Chunks(), 0, List.of()));
        }
        KeyState state = codec.unpackKey(packed);
        return new HeldKey(
                key,
                Timeline.of(codec.decodeTimeline(AvroBinary.bytes(state.getTimeline()))),
                new HeldFacts(new Chunks(), state.getOpen(), state.getChunks()));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, metric reporters read
    private void write(HeldKey held) {
        if (!held.changed()) {
            return;
        }
        context.setCurrentKey(held.key);
        held.facts.write();
        KeyState state = new KeyState(
                ByteBuffer.wrap(codec.encode(held.timeline.state())), held.facts.open(), held.facts.index());
        StateFailure.guard("written", () -> {
            stored.update(codec.pack(state));
            return held;
        });
        held.written();
        bytes += held.growthBytes(); // what was objects is bytes from now on
    }

    private final class Chunks implements HeldFacts.ChunkStore {
        @Override
        public FactChunk read(int number) {
            byte[] packed = StateFailure.guard("read", () -> chunks.get(number));
            if (packed == null) {
                throw new IllegalStateException(
                        "correlator state: chunk " + number + " of key " + context.getCurrentKey() + " is not there");
            }
            return codec.unpackChunk(packed);
        }

        @Override
        public void write(int number, FactChunk chunk) {
            StateFailure.guard("written", () -> {
                chunks.put(number, codec.pack(chunk));
                return chunk;
            });
        }

        @Override
        public void remove(int number) {
            StateFailure.guard("written", () -> {
                chunks.remove(number);
                return number;
            });
        }
    }
}
