package io.tidemark.audit.fact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A fixed set of ASCII names, found among bytes without making a text of what is compared with them. */
final class KnownNames {
    private static final int SLOTS = 256;

    private final String[] names = new String[SLOTS];
    private final byte[][] bytes = new byte[SLOTS][];

    KnownNames(String... known) {
        for (String name : known) {
            byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
            int slot = slot(ascii, 0, ascii.length);
            while (names[slot] != null) {
                slot = next(slot);
            }
            names[slot] = name;
            bytes[slot] = ascii;
        }
    }

    /** The name that stands there; empty when it is none of the known ones. */
    String find(byte[] text, int from, int to) {
        int slot = from == to ? 0 : slot(text, from, to);
        for (byte[] known = bytes[slot]; known != null; known = bytes[slot]) {
            if (Arrays.equals(known, 0, known.length, text, from, to)) {
                return names[slot];
            }
            slot = next(slot);
        }
        return "";
    }

    private static int slot(byte[] text, int from, int to) {
        int middle = text[(from + to) >>> 1];
        return (to - from) * 31 + text[from] * 7 + text[to - 1] * 3 + middle & SLOTS - 1;
    }

    private static int next(int slot) {
        return slot + 1 & SLOTS - 1;
    }
}
