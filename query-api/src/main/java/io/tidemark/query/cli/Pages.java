package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Pages of a list put together.
 *
 * @param json as one page
 * @param items in their order
 * @param notes what is left out
 */
record Pages(JsonNode json, List<JsonNode> items, List<String> notes) {
    Pages {
        items = List.copyOf(items);
        notes = List.copyOf(notes);
    }
}
