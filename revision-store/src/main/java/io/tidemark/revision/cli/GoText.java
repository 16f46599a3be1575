package io.tidemark.revision.cli;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes as quoted text, as Go prints them with {@code %q}: what can be read as it is, the rest escaped.
 *
 * <pre>
 *   ü"  FF 0A        "ü\"\xff\n"
 * </pre>
 */
final class GoText {
    private static final int ASCII_END = 0x7f;
    private static final String LETTERS = "abfnrtv\\\"";
    private static final String LETTERS_MEAN = "\u0007\b\f\n\r\t\u000b\\\"";
    private static final Pattern PART =
            Pattern.compile("[^\\\\]+|\\\\(?:[abfnrtv\\\\\"]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}"
                    + "|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|[0-3][0-7]{2})");
    private static final HexFormat HEX = HexFormat.of();

    private GoText() {}

    static String quote(ByteString bytes) {
        StringBuilder text = new StringBuilder(bytes.size() + 2).append('"');
        ByteBuffer rest = bytes.asReadOnlyByteBuffer();
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CharBuffer read = CharBuffer.allocate(bytes.size());
        while (rest.hasRemaining()) {
            read.clear();
            boolean broken = utf8.reset().decode(rest, read, true).isError();
            read.flip().codePoints().forEach(point -> escape(point, text));
            if (broken) {
                text.append("\\x").append(HEX.toHexDigits(rest.get()));
            }
        }
        return text.append('"').toString();
    }

    private static void escape(int point, StringBuilder text) {
        switch (point) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case 7 -> text.append("\\a");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case 11 -> text.append("\\v");
            default -> {
                if (isPrintable(point)) {
                    text.appendCodePoint(point);
                } else if (point < ' ' || point == ASCII_END) {
                    text.append("\\x").append(HEX.toHexDigits((byte) point));
                } else if (Character.isBmpCodePoint(point)) {
                    text.append("\\u").append(HEX.toHexDigits((char) point));
                } else {
                    text.append("\\U").append(HEX.toHexDigits(point));
                }
            }
        }
    }

    /** Letters, marks, numbers, punctuation, symbols, and of all spaces the one of ASCII. */
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** Each byte as {@code \x61}. */
    static String hex(ByteString bytes) {
        StringBuilder text = new StringBuilder(4 * bytes.size());
        for (byte each : bytes) {
            text.append("\\x").append(HEX.toHexDigits(each));
        }
        return text.toString();
    }

    /**
     * What a quoted text stands for; characters that are not escaped stand for one byte each.
     *
     * @param quoted in double quotes with escapes, or in backquotes without
     * @throws IllegalArgumentException when an escape is none of Go's
     */
    static ByteString unquote(String quoted) {
        String text = quoted.substring(1, quoted.length() - 1);
        if (quoted.charAt(0) == '`') {
            return ByteString.copyFrom(text, StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            end = part.end();
            bytes.writeBytes(bytes(part.group()));
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("expected an escape such as \\n or \\xff, found "
                    + text.substring(end, Math.min(text.length(), end + 2)));
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }

    private static byte[] bytes(String part) {
        if (part.charAt(0) != '\\') {
            return part.getBytes(StandardCharsets.ISO_8859_1);
        }
        char kind = part.charAt(1);
        int letter = LETTERS.indexOf(kind);
        if (letter >= 0) {
            return new byte[] {(byte) LETTERS_MEAN.charAt(letter)};
        }
        return switch (kind) {
            case 'x' -> new byte[] {(byte) Integer.parseInt(part.substring(2), 16)};
            case 'u', 'U' ->
                Character.toString(Integer.parseInt(part.substring(2), 16)).getBytes(StandardCharsets.UTF_8);
            default -> new byte[] {(byte) Integer.parseInt(part.substring(1), 8)};
        };
    }
}
