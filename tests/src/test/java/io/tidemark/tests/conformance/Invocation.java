package io.tidemark.tests.conformance;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One run of a command line and what it left behind; bytes are written as Latin-1.
 *
 * @param run the command's name and arguments, without the endpoint
 * @param in what stood on its input
 * @param code exit code
 */
@JsonPropertyOrder({"run", "in", "code", "out"})
record Invocation(List<String> run, String in, int code, String out) {
    Invocation {
        run = List.copyOf(run);
    }
}
