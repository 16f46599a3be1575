package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Filters keep what an independent count over the audit log says. */
@InBrowser
class FiltersIT {
    @Test
    void failuresAreAsManyAsInTheLog(Shop shop, Visitor visitor) {
        long failed = shop.expected().requests().stream()
                .filter(request -> request.code() >= 400)
                .count();
        visitor.open("/search?cluster=shop&code=%3E%3D400");

        assertThat(failed).isPositive();
        assertTotal(visitor, failed);
    }

    @Test
    void warningsAreAsManyAsInTheLog(Shop shop, Visitor visitor) {
        Set<String> occurrences = new HashSet<>();
        for (JsonNode line : shop.log()) {
            JsonNode event = line.path("responseObject");
            boolean written = line.path("objectRef").path("resource").asText().equals("events")
                    && line.path("stage").asText().equals("ResponseComplete")
                    && line.path("responseStatus").path("code").asInt() < 300
                    && Set.of("create", "update", "patch")
                            .contains(line.path("verb").asText());
            if (written && event.path("type").asText().equals("Warning")) {
                occurrences.add(event.path("metadata").path("uid").asText() + " " + count(event));
            }
        }
        visitor.open("/search?cluster=shop&type=Warning");

        assertThat(occurrences).isNotEmpty();
        assertTotal(visitor, occurrences.size());
    }

    /** core/v1 counts, events.k8s.io/v1 counts in its series or by its deprecated field. */
    private static int count(JsonNode event) {
        JsonNode series = event.path("series").path("count");
        return series.isInt()
                ? series.asInt()
                : event.path("count").asInt(event.path("deprecatedCount").asInt(1));
    }

    @Test
    void changesOfOneFieldAreAsManyAsTheLogShows(Shop shop, Visitor visitor) {
        Map<Integer, Integer> replicas = new TreeMap<>();
        for (JsonNode line : shop.log()) {
            JsonNode ref = line.path("objectRef");
            JsonNode answer = line.path("responseObject");
            boolean cart = ref.path("resource").asText().equals("deployments")
                    && ref.path("namespace").asText().equals("shop")
                    && ref.path("name").asText().equals("cart");
            if (cart
                    && Set.of("Deployment", "Scale")
                            .contains(answer.path("kind").asText())) {
                replicas.put(
                        answer.path("metadata").path("resourceVersion").asInt(),
                        answer.path("spec").path("replicas").asInt());
            }
        }
        int changes = 0;
        int last = replicas.values().iterator().next();
        for (int value : replicas.values()) {
            changes += value == last ? 0 : 1;
            last = value;
        }
        visitor.open("/o/shop/apps/deployments/shop/cart?filter=path:spec.replicas");

        assertThat(changes).isPositive();
        assertThat(visitor.rows()).hasCount(changes);
        assertThat(visitor.page().locator(".lower-foot")).containsText(changes + " in view");
    }

    @Test
    void chipsAreTheUrlAndTheUrlIsTheChips(Visitor visitor) {
        visitor.open("/search?code=409&user=dave");
        assertThat(visitor.page().locator(".chip.set")).hasCount(2);
        assertThat(visitor.rows()).not().hasCount(0);

        visitor.page().getByLabel("Remove filter Code").click();
        assertThat(visitor.page()).hasURL(Pattern.compile("/search\\?user=dave$"));
        visitor.page().goBack();
        assertThat(visitor.page().locator(".chip.set")).hasCount(2);
        visitor.page().goForward();
        assertThat(visitor.page().locator(".chip.set")).hasCount(1);
        visitor.page().locator(".verbs, .search-bar").getByText("Newest first").click();
        assertThat(visitor.page()).hasURL(Pattern.compile("order=asc"));
        visitor.page().reload(); // from here on there are no rows of an earlier question
        String first = visitor.rows().first().locator("time").innerText();
        visitor.page().reload();
        assertThat(visitor.rows().first().locator("time")).hasText(first);
    }

    private static void assertTotal(Visitor visitor, long total) {
        assertThat(visitor.page().locator(".lower-foot"))
                .containsText(Pattern.compile("of " + String.format(java.util.Locale.ENGLISH, "%,d", total) + "\\b"));
    }
}
