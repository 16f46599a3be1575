package io.tidemark.jetcd;

import java.io.PrintStream;
import java.util.Arrays;

/** A line for each thing that was told. */
record Telling(PrintStream out) {
    void tell(String what, Object... told) {
        out.println(what + ": " + Arrays.asList(told));
    }
}
