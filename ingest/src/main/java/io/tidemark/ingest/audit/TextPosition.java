package io.tidemark.ingest.audit;

/**
 * A place in a text.
 *
 * @param byteOffset bytes before it
 * @param line line, from 1
 * @param column byte within the line, from 1
 */
public record TextPosition(long byteOffset, int line, int column) {
    static TextPosition of(byte[] text, int start, int offset) {
        int line = 1;
        int lineStart = start;
        for (int i = start; i < offset; i++) {
            if (text[i] == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new TextPosition(offset - start, line, offset - lineStart + 1);
    }

    @Override
    public String toString() {
        return "byte " + byteOffset + " (line " + line + ", column " + column + ")";
    }
}
