package io.tidemark.kube;

/** UTF-8 as Go judges it, RFC 3629: no surrogates, nothing longer than it must be, nothing above U+10FFFF. */
final class Utf8 {
    private Utf8() {}

    /** Bytes of the character there; 0 when there is none, and its first byte stands for itself. */
    static int length(byte[] data, int at, int end) {
        int first = data[at] & 0xff;
        if (first < 0x80) {
            return 1;
        }
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || length > end - at || !second(first, data[at + 1] & 0xff)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((data[at + i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static boolean second(int first, int second) {
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return second >= low && second <= high;
    }
}
