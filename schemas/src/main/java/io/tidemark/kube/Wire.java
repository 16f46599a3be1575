package io.tidemark.kube;

/**
 * A place in protobuf bytes. What it takes and refuses is what the code takes and refuses that Kubernetes generates for
 * its messages. Every read says where the message ends and never goes beyond.
 */
final class Wire {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    private static final int GROUP = 3;
    private static final int END_OF_GROUP = 4;
    private static final int FIXED32 = 5;

    private byte[] data;
    private int at;
    private int number;
    private int wireType;

    Wire(byte[] data) {
        this.data = data;
    }

    /** Bytes that are not what they should be. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int position;
        private final String why;

        Broken(int position, String why) {
            super(why, null, false, false);
            this.position = position;
            this.why = why;
        }

        int position() {
            return position;
        }

        String why() {
            return why;
        }
    }

    byte[] data() {
        return data;
    }

    /** Reads other bytes from now on; gives those before. */
    byte[] swap(byte[] other) {
        byte[] before = data;
        data = other;
        return before;
    }

    int at() {
        return at;
    }

    void goTo(int position) {
        at = position;
    }

    /** Number of the field that {@link #tag} found. */
    int number() {
        return number;
    }

    /** Wire type of the field that {@link #tag} found. */
    int wireType() {
        return wireType;
    }

    Broken broken(String why) {
        return new Broken(at, why);
    }

    /** Reads the tag of the next field. */
    void tag(int end) {
        long tag = varint(end);
        number = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        if (number <= 0) {
            throw broken("field number " + number);
        }
        if (wireType == END_OF_GROUP) {
            throw broken("the end of a group that was not begun");
        }
    }

    /** Refuses the field that {@link #tag} found when it is not of that wire type. */
    void expect(int expected) {
        if (wireType != expected) {
            throw broken("field " + number + " has wire type " + wireType + ", expected " + expected);
        }
    }

    long varint(int end) {
        if (at < end && data[at] >= 0) {
            return data[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw broken("the message ends inside a number");
            }
            byte piece = data[at++];
            value |= (long) (piece & 0x7f) << shift;
            if (piece >= 0) {
                return value;
            }
        }
        throw broken("a number of more than ten bytes");
    }

    /** Reads a length and gives where what follows ends. */
    int endOfPiece(int end) {
        long length = varint(end);
        if (length < 0 || length > end - at) {
            throw broken("a length of " + Long.toUnsignedString(length) + " where " + (end - at) + " bytes are left");
        }
        return at + (int) length;
    }

    long fixed64(int end) {
        if (end - at < Long.BYTES) {
            throw broken("the message ends inside a number");
        }
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = value << 8 | (data[at + i] & 0xff);
        }
        at += Long.BYTES;
        return value;
    }

    /** Goes behind the value of the field that {@link #tag} found. */
    void skip(int end) {
        int open = 0;
        int kind = wireType;
        while (true) {
            switch (kind) {
                case VARINT -> varint(end);
                case FIXED64 -> forward(Long.BYTES, end);
                case LENGTH -> at = endOfPiece(end);
                case GROUP -> open++;
                case END_OF_GROUP -> open--;
                case FIXED32 -> forward(Integer.BYTES, end);
                default -> throw broken("wire type " + kind);
            }
            if (open < 0) {
                throw broken("the end of a group that was not begun");
            }
            if (open == 0) {
                return;
            }
            kind = (int) varint(end) & 7;
        }
    }

    private void forward(int bytes, int end) {
        if (end - at < bytes) {
            throw broken("the message ends inside a number");
        }
        at += bytes;
    }
}
