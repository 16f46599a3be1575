package io.tidemark.audit.diff;

/** The path to where a comparison stands, in the notation of {@link FieldChange}. */
final class PathText {
    private final StringBuilder text = new StringBuilder(128);

    /** Where to go back to by {@link #back}. */
    int mark() {
        return text.length();
    }

    void back(int mark) {
        text.setLength(mark);
    }

    void member(String name) {
        if (!isIdentifier(name)) {
            text.append('[');
            quote(name, text);
            text.append(']');
            return;
        }
        if (!text.isEmpty()) {
            text.append('.');
        }
        text.append(name);
    }

    void element(String label) {
        text.append('[').append(label).append(']');
    }

    void position(int index) {
        text.append('[').append(index).append(']');
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static boolean isIdentifier(String name) {
        if (name.isEmpty() || isDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isWord(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Appends a key's value: bare when it cannot be mistaken, else as a JSON string. */
    static void keyValue(String value, StringBuilder out) {
        boolean bare = !value.isEmpty();
        for (int i = 0; bare && i < value.length(); i++) {
            char c = value.charAt(i);
            bare = isWord(c) || c == '-' || c == '.' || c == '/' || c == ':' || c == '+' || c == '@';
        }
        if (bare) {
            out.append(value);
        } else {
            quote(value, out);
        }
    }

    /** Appends a JSON string. */
    static void quote(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int named = "\"\\\n\r\t\b\f".indexOf(c);
            if (named >= 0) {
                out.append('\\').append("\"\\nrtbf".charAt(named));
            } else if (c < ' ' || (Character.isSurrogate(c) && !paired(value, i))) {
                out.append("\\u")
                        .append(hex(c >> 12))
                        .append(hex(c >> 8))
                        .append(hex(c >> 4))
                        .append(hex(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static char hex(int digit) {
        return Character.forDigit(digit & 0xf, 16);
    }

    private static boolean paired(String value, int at) {
        char c = value.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
