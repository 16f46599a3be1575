package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** How much of a long list is wanted. */
final class LimitOptions {
    private static final int PAGE = 500;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "most items to print, 0 for all; default: 100")
    private int limit;

    /** Follows the pages of a list endpoint until the limit; what is left is said in the notes. */
    Pages read(ApiClient api, String path, String member, Map<String, String> parameters) {
        int most = limit <= 0 ? Integer.MAX_VALUE : limit;
        List<JsonNode> items = new ArrayList<>();
        JsonNode page;
        do {
            parameters.put("limit", Integer.toString(Math.min(PAGE, most - items.size())));
            page = api.get(path, parameters);
            page.path(member).forEach(items::add);
            parameters.put("cursor", page.path("next").asText());
        } while (page.path("next").isTextual() && items.size() < most);
        ObjectNode whole = page.deepCopy();
        ArrayNode all = whole.putArray(member);
        items.forEach(all::add);
        return new Pages(whole, items, notes(page, items.size()));
    }

    private static List<String> notes(JsonNode lastPage, int shown) {
        if (shown == 0) {
            return List.of("nothing found; `tidemark doctor` says which period is covered");
        }
        if (!lastPage.path("truncated").asBoolean()) {
            return List.of();
        }
        String total = lastPage.has("total")
                ? " of " + (lastPage.path("totalIsLowerBound").asBoolean() ? "more than " : "")
                        + lastPage.path("total").asLong()
                : "";
        return List.of("the first " + shown + total + "; --limit shows more, 0 all");
    }
}
