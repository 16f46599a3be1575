package io.tidemark.audit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys in memory, in front of a state that stands on one key at a time as Flink's does. */
class KeyMemoryTest {
    private static final int KEYS = 20;

    private final Keys keys = new Keys();
    private final Value value = new Value();
    private final Chunks chunks = new Chunks();

    @Test
    void countsWhatWasWrittenAsTheBytesThatItIsHeldAs() {
        KeyMemory memory = filled(Long.MAX_VALUE);
        long asObjects = memory.bytes();
        memory.writeAll();
        assertThat(memory.bytes()).isLessThan(asObjects).isPositive();
    }

    @Test
    void holdsNoMoreThanItsBoundAndReadsTheRestAgain() {
        long bound = filled(Long.MAX_VALUE).bytes() / 3;
        KeyMemory memory = filled(bound);
        assertThat(memory.bytes()).isLessThanOrEqualTo(bound);
        memory.writeAll();
        for (KeyMemory each : new KeyMemory[] {memory, memory(bound)}) {
            for (int i = 0; i < KEYS; i++) {
                keys.setCurrentKey("key" + i);
                assertThat(each.current().facts.get(i)).isEqualTo(HeldFactsTest.evidence(i, i));
            }
        }
    }

    private KeyMemory filled(long bound) {
        KeyMemory memory = memory(bound);
        for (int i = 0; i < KEYS; i++) {
            keys.setCurrentKey("key" + i);
            HeldKey key = memory.current();
            key.facts.put(HeldFactsTest.evidence(i, i));
            key.touch();
            memory.settle(key);
        }
        return memory;
    }

    private KeyMemory memory(long bound) {
        return new KeyMemory(keys, value, chunks, bound);
    }

    private static final class Keys implements KeyContext {
        private Object current = "";

        @Override
        public void setCurrentKey(Object key) {
            current = key;
        }

        @Override
        public Object getCurrentKey() {
            return current;
        }
    }

    private final class Value implements ValueState<byte[]> {
        private final Map<Object, byte[]> stored = new HashMap<>();

        @Override
        public byte @Nullable [] value() {
            return stored.get(keys.getCurrentKey());
        }

        @Override
        public void update(byte[] bytes) {
            stored.put(keys.getCurrentKey(), bytes);
        }

        @Override
        public void clear() {
            stored.remove(keys.getCurrentKey());
        }
    }

    private final class Chunks implements MapState<Integer, byte[]> {
        private final Map<Object, Map<Integer, byte[]>> stored = new HashMap<>();

        private Map<Integer, byte[]> current() {
            return Objects.requireNonNull(stored.computeIfAbsent(keys.getCurrentKey(), key -> new HashMap<>()));
        }

        @Override
        public byte @Nullable [] get(Integer number) {
            return current().get(number);
        }

        @Override
        public void put(Integer number, byte[] bytes) {
            current().put(number, bytes);
        }

        @Override
        public void putAll(Map<Integer, byte[]> all) {
            current().putAll(all);
        }

        @Override
        public void remove(Integer number) {
            current().remove(number);
        }

        @Override
        public boolean contains(Integer number) {
            return current().containsKey(number);
        }

        @Override
        public Iterable<Map.Entry<Integer, byte[]>> entries() {
            return current().entrySet();
        }

        @Override
        public Iterable<Integer> keys() {
            return current().keySet();
        }

        @Override
        public Iterable<byte[]> values() {
            return current().values();
        }

        @Override
        public Iterator<Map.Entry<Integer, byte[]>> iterator() {
            return entries().iterator();
        }

        @Override
        public boolean isEmpty() {
            return current().isEmpty();
        }

        @Override
        public void clear() {
            current().clear();
        }
    }
}
