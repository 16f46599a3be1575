package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a command found, for whatever way of printing it.
 *
 * @param json as the server said it
 * @param table the same for people
 * @param names the objects in it, as resource.group/name
 * @param heading lines above the table
 * @param notes what the reader should know besides, such as how much was left out
 */
record Answer(
        JsonNode json, Supplier<Table> table, Supplier<List<String>> names, List<String> heading, List<String> notes) {
    Answer {
        heading = List.copyOf(heading);
        notes = List.copyOf(notes);
    }
}
