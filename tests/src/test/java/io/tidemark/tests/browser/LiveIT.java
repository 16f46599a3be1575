package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens appears by itself, without moving what somebody reads. */
@InBrowser
class LiveIT {
    @Test
    void aNewEventAppearsAndDoesNotMoveWhatIsRead(Shop shop, Visitor visitor) throws Exception {
        visitor.open("/live?cluster=live-scroll&fold=off");
        assertThat(visitor.page().locator(".status")).hasText("live");
        AuditEvents map = new AuditEvents("ConfigMap", "settings", Instant.now());
        List<ObjectNode> many = new ArrayList<>(List.of(map.create(Map.of("a", "0"))));
        for (int i = 1; i < 60; i++) {
            many.add(map.update(Map.of("a", Integer.toString(i))));
        }
        shop.post("live-scroll", many);
        Locator shown = visitor.page().locator(".lower-foot b");
        assertThat(shown).hasText("60");

        Locator list = visitor.page().locator("tm-list");
        list.evaluate("list => { list.scrollTop = 600; }");
        String top = topRow(visitor);
        shop.post("live-scroll", List.of(map.update(Map.of("a", "sixty"))));
        Locator waiting = visitor.page().locator(".chip.new");
        assertThat(waiting).hasText("1 new");
        assertThat(topRow(visitor)).isEqualTo(top);
        waiting.click();
        assertThat(visitor.row("→ sixty")).isVisible();
        assertThat(shown).hasText("61");
    }

    private static String topRow(Visitor visitor) {
        return (String) visitor.page()
                .evaluate("() => { const box = document.querySelector('tm-list').getBoundingClientRect();"
                        + " return document.elementFromPoint(box.x + 40, box.y + 20).closest('.row').innerText; }");
    }

    @Test
    void pausedItHoldsStillAndCounts(Shop shop, Visitor visitor) throws Exception {
        visitor.open("/live?cluster=live-pause");
        assertThat(visitor.page().locator(".status")).hasText("live");
        visitor.page().keyboard().press("p");
        assertThat(visitor.page().locator(".status")).hasText("paused");
        AuditEvents map = new AuditEvents("ConfigMap", "settings", Instant.now());
        shop.post("live-pause", List.of(map.create(Map.of("a", "1"))));

        assertThat(visitor.page().locator(".chip.new")).hasText("1 new");
        assertThat(visitor.rows()).hasCount(0);
        visitor.page().keyboard().press("p");
        assertThat(visitor.row("ConfigMap made/settings")).hasCount(1);
    }

    @Test
    void anObjectsPageFollowsItUntilItIsHeld(Shop shop, Visitor visitor) throws Exception {
        AuditEvents map = new AuditEvents("ConfigMap", "followed", Instant.now());
        shop.post("live-object", List.of(map.create(Map.of("a", "1"))));
        shop.awaitRequests("live-object", 1);
        visitor.open("/search?cluster=live-object");
        visitor.row("created").locator("a.object").click();
        Locator state = visitor.page().locator(".live-state");
        assertThat(state).hasText("Live");
        assertThat(visitor.rows()).hasCount(1);

        shop.post("live-object", List.of(map.update(Map.of("a", "2"))));
        assertThat(visitor.row("1 → 2")).hasCount(1);
        visitor.page().keyboard().press("p");
        assertThat(state).containsText("Held");
        shop.post("live-object", List.of(map.update(Map.of("a", "3"))));
        assertThat(state).containsText("1 new");
        assertThat(visitor.rows()).hasCount(2);
        visitor.page().keyboard().press("p");
        assertThat(visitor.row("2 → 3")).hasCount(1);
    }
}
