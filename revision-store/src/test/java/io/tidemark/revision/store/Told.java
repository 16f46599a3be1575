package io.tidemark.revision.store;

import io.tidemark.revision.machine.Key;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Records as text, byte arrays included, so that two can be compared. */
public final class Told {
    private Told() {}

    public static String of(@Nullable Object thing) {
        return switch (thing) {
            case null -> "null";
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case Key key -> of(key.bytes());
            case ByteBuffer buffer -> of(Arrays.copyOfRange(buffer.array(), buffer.position(), buffer.limit()));
            case List<?> list -> list.stream().map(Told::of).toList().toString();
            case Record told -> told.getClass().getSimpleName() + parts(told);
            default -> thing.toString();
        };
    }

    private static String parts(Record told) {
        StringJoiner parts = new StringJoiner(" ", "(", ")");
        for (RecordComponent part : told.getClass().getRecordComponents()) {
            try {
                parts.add(of(part.getAccessor().invoke(told)));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return parts.toString();
    }
}
