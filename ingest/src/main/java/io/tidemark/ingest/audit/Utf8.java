package io.tidemark.ingest.audit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NON_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** Index of the first byte that is no UTF-8 between from and to, or -1. */
    static int firstInvalid(byte[] text, int from, int to) {
        int i = from;
        while (i < to) {
            if (i + 8 <= to && ((long) LONGS.get(text, i) & NON_ASCII) == 0) {
                i += 8;
            } else if (text[i] >= 0) {
                i++;
            } else {
                int length = sequenceLength(text, i, to);
                if (length < 0) {
                    return i;
                }
                i += length;
            }
        }
        return -1;
    }

    private static int sequenceLength(byte[] text, int i, int to) {
        int lead = text[i] & 0xff;
        int length = lead >= 0xc2 && lead <= 0xdf
                ? 2
                : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : -1;
        if (length < 0 || i + length > to) {
            return -1;
        }
        int second = text[i + 1] & 0xff;
        int lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        int highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return -1;
        }
        for (int k = 2; k < length; k++) {
            if ((text[i + k] & 0xc0) != 0x80) {
                return -1;
            }
        }
        return length;
    }
}
