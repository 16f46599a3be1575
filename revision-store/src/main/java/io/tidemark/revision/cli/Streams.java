package io.tidemark.revision.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command reads and writes: bytes, as keys and values are bytes, which no writer of characters could pass on. */
record Streams(InputStream in, PrintStream out) {
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Those of the process; texts go out in UTF-8. */
    static Streams ofProcess() {
        return new Streams(
                System.in,
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                        false,
                        StandardCharsets.UTF_8));
    }
}
