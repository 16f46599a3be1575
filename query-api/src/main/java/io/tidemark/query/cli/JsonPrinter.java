package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** Answers as JSON: a complete one indented, those of a stream on a line each. */
final class JsonPrinter implements Printer {
    private final PrintWriter out;

    JsonPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Answer answer) {
        JsonNode json = answer.json();
        out.println(json.toPrettyString());
    }

    @Override
    public void next(Answer answer) {
        out.println(answer.json().toString());
    }
}
