package io.tidemark.service;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** The terminal that a command is given on. */
public final class Terminal {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private Terminal() {}

    /** Whether there is one: neither input nor output is a file or a pipe. */
    public static boolean isThere() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Draws a line over the one that was drawn before; an empty one takes it away. */
    public static void draw(PrintWriter err, String line) {
        err.print(CLEAR_LINE + line);
        err.flush();
    }
}
