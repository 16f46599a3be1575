package io.tidemark.kube;

import java.util.Arrays;

/** The values of one field of a message, one after another, past those of other fields. */
final class Occurrences {
    private final Wire wire;

    Occurrences(Wire wire) {
        this.wire = wire;
    }

    /** Goes to the value of the next one of that number; there is to be one. */
    void toNext(int number, int end) {
        while (true) {
            wire.tag(end);
            if (wire.number() == number) {
                return;
            }
            wire.skip(end);
        }
    }

    /** All values of a message from the tag at the present place on, one behind the other: the message that has the fields of all. */
    byte[] merged(int number, int count, int end) {
        byte[] all = new byte[end - wire.at()];
        int size = 0;
        for (int left = count; left > 0; left--) {
            toNext(number, end);
            int to = wire.endOfPiece(end);
            System.arraycopy(wire.data(), wire.at(), all, size, to - wire.at());
            size += to - wire.at();
            wire.goTo(to);
        }
        return Arrays.copyOf(all, size);
    }
}
