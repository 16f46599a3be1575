package io.tidemark.query.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;

/** Only the objects' names, each once as long as it is among the newest of a long stream. */
final class NamePrinter implements Printer {
    private static final int REMEMBERED = 10_000;

    private final PrintWriter out;
    private final Set<String> printed = new HashSet<>();

    NamePrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Answer answer) {
        next(answer);
    }

    @Override
    public void next(Answer answer) {
        if (printed.size() >= REMEMBERED) {
            printed.clear();
        }
        answer.names().get().stream().filter(printed::add).forEach(out::println);
    }
}
