package io.tidemark.audit.fact;

import io.tidemark.audit.diff.JsonText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values that come again and again in a log (users, their groups, agents, kinds), found by their JSON: each is decoded and
 * held once instead of once for every fact. A value takes the place of the one that was in its slot before, so there are
 * never more than {@value #SLOTS}.
 *
 * <p>Safe for use by many threads: a slot is read and written as a whole, and whoever sees an old one decodes once more.
 */
final class SharedTexts<T> {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST_BYTES = 256;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Held<?>[] slots = new Held<?>[SLOTS];
    private final Decoder<T> decoder;

    /** Makes the value of its JSON, the bytes from one offset to before another. It must not be changed afterwards. */
    interface Decoder<T> {
        T decode(byte[] json, int from, int to);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Held<T>(byte[] json, T value) {}

    SharedTexts(Decoder<T> decoder) {
        this.decoder = decoder;
    }

    /** Strings, by what stands between their quotes included. */
    static SharedTexts<String> ofStrings() {
        return new SharedTexts<>((json, from, to) -> new JsonText(json).string(from, to));
    }

    /** The value of the JSON from one offset to before another. */
    T get(byte[] json, int from, int to) {
        if (to - from > LONGEST_BYTES) {
            return decoder.decode(json, from, to);
        }
        int slot = slot(json, from, to);
        @SuppressWarnings("unchecked")
        @Nullable
        Held<T> held = (Held<T>) slots[slot];
        if (held != null && Arrays.equals(held.json, 0, held.json.length, json, from, to)) {
            return held.value;
        }
        T value = decoder.decode(json, from, to);
        slots[slot] = new Held<>(Arrays.copyOfRange(json, from, to), value);
        return value;
    }

    private static int slot(byte[] json, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(json, at)) * MIX;
        }
        for (; at < to; at++) {
            hash = (hash ^ json[at]) * MIX;
        }
        return (int) (hash >>> Long.SIZE - Integer.numberOfTrailingZeros(SLOTS));
    }
}
