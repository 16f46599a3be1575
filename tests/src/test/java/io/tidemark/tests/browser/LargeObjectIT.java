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

/** Five thousand requests on one page: every one can be reached, and the page stays small. */
@InBrowser
class LargeObjectIT {
    private static final int REQUESTS = 5_000;
    private static final int LIST = 500;
    private static final int MOST_NODES = 5_000;

    @Test
    void fiveThousandRequestsAreOnOnePage(Shop shop, Visitor visitor) throws Exception {
        AuditEvents map = new AuditEvents("ConfigMap", "busy", Instant.parse("2026-11-24T10:00:00Z"));
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Map<String, String> data = Map.of("n", Integer.toString(i), "tenth", Integer.toString(i / 10));
            events.add(i == 0 ? map.create(data) : map.update(data));
        }
        for (int from = 0; from < REQUESTS; from += LIST) {
            shop.post("large", events.subList(from, from + LIST));
        }
        shop.awaitRequests("large", REQUESTS);
        visitor.open("/o/large/core/configmaps/made/busy");
        Locator foot = visitor.page().locator(".lower-foot");
        assertThat(foot).containsText("5,000 in view");
        System.out.println(
                "observed, 5,000 spans on one page: " + visitor.page().evaluate(NAVIGATION));
        assertThat(visitor.nodes()).isLessThan(MOST_NODES);

        visitor.page().locator("tm-list").evaluate("list => { list.scrollTop = list.scrollHeight; }");
        assertThat(visitor.row("n 4998 → 4999")).isVisible();
        visitor.filter("path:data.tenth");
        assertThat(foot).containsText("499 in view");
        visitor.filter("");
        assertThat(foot).containsText("5,000 in view");
        visitor.page().keyboard().press("Escape");
        visitor.page().keyboard().press("j");
        System.out.println(
                "observed while stepping and zooming: " + visitor.page().evaluate(FRAMES));
        assertThat(visitor.nodes()).isLessThan(MOST_NODES);
    }

    private static final String NAVIGATION = "() => { const n = performance.getEntriesByType('navigation')[0];"
            + " const paint = performance.getEntriesByName('first-contentful-paint')[0];"
            + " return JSON.stringify({ firstPaintMs: Math.round(paint?.startTime ?? -1), loadedMs: Math.round(n.loadEventEnd),"
            + " allShownMs: Math.round(performance.now()), nodes: document.querySelectorAll('*').length }); }";

    /** Thirty zoom steps, one a frame: the longest and the median time between two frames. */
    private static final String FRAMES = "async () => { const canvas = document.querySelector('.tl-canvas');"
            + " const box = canvas.getBoundingClientRect(); const gaps = []; let last = performance.now();"
            + " for (let i = 0; i < 30; i++) {"
            + "  canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: i < 20 ? -60 : 60, clientX: box.x + 500, clientY: box.y + 60, cancelable: true }));"
            + "  await new Promise(requestAnimationFrame); const now = performance.now(); gaps.push(now - last); last = now; }"
            + " gaps.sort((a, b) => a - b);"
            + " return JSON.stringify({ medianFrameMs: Math.round(gaps[15]), longestFrameMs: Math.round(gaps[29]) }); }";
}
