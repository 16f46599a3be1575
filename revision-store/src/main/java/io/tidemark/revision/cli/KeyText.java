package io.tidemark.revision.cli;

import com.google.protobuf.ByteString;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A key, or a range of keys, as arguments name it.
 *
 * @param first key, or its beginning
 * @param end first key after the range; null: none is named
 * @param charset of the arguments: UTF-8, or Latin-1 for a text whose characters stand for bytes
 * @param prefix all keys that begin with the first
 * @param fromKey the first and all after it
 */
record KeyText(String first, @Nullable String end, Charset charset, boolean prefix, boolean fromKey) {
    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);
    private static final int HIGHEST = 0xff;

    KeyText {
        if (prefix && fromKey) {
            throw new CommandFailure(
                    Kind.USAGE,
                    "`--prefix` and `--from-key` cannot be set at the same time, choose one",
                    "leave one out");
        }
        if (end != null && (prefix || fromKey)) {
            throw new CommandFailure(
                    Kind.USAGE,
                    "too many arguments, only accept one argument when `--prefix` or `--from-key` is set",
                    "leave '" + end + "' out, or the flag");
        }
    }

    ByteString key() {
        return first.isEmpty() && (prefix || fromKey) ? ZERO : bytes(first);
    }

    /** Empty: the key alone. */
    ByteString rangeEnd() {
        if (fromKey || prefix && first.isEmpty()) {
            return ZERO;
        }
        return prefix ? afterPrefix(bytes(first)) : bytes(end == null ? "" : end);
    }

    private ByteString bytes(String text) {
        return ByteString.copyFrom(text, charset);
    }

    /** The first key that does not begin with a prefix and follows all that do. */
    static ByteString afterPrefix(ByteString prefix) {
        for (int i = prefix.size() - 1; i >= 0; i--) {
            int last = prefix.byteAt(i) & HIGHEST;
            if (last < HIGHEST) {
                return prefix.substring(0, i).concat(ByteString.copyFrom(new byte[] {(byte) (last + 1)}));
            }
        }
        return ZERO;
    }

    static final Charset OF_ARGUMENTS = StandardCharsets.UTF_8;
}
