package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** axe-core finds nothing serious, in light and in dark. */
@InBrowser
class AccessibilityIT {
    private static final Set<String> SERIOUS = Set.of("serious", "critical");
    private static final String CHECKOUT = "/o/shop/apps/deployments/shop/checkout";

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"},
            mode = Mode.INCLUDE)
    void everyPageIsAccessible(ColorScheme scheme, Shop shop) {
        Visitor visitor = new Visitor(shop, scheme);
        Page page = visitor.page();

        visitor.open("/");
        assertThat(page.locator(".feed-row").first()).isVisible();
        assertAccessible(visitor, "overview");
        visitor.find("cart");
        assertAccessible(visitor, "finder");

        visitor.open(CHECKOUT);
        visitor.select(visitor.row("checkout:1.0 → checkout:2.0-nope"));
        assertThat(visitor.details()).isVisible();
        assertAccessible(visitor, "object with details");
        page.getByText("Owners and owned").click();
        assertAccessible(visitor, "owned objects");
        page.keyboard().press("?");
        assertAccessible(visitor, "help");

        visitor.open("/search?code=409");
        assertThat(visitor.rows().first()).isVisible();
        visitor.select(visitor.rows().first());
        assertAccessible(visitor, "search");
        visitor.open("/user/erin");
        assertThat(visitor.rows().first()).isVisible();
        assertAccessible(visitor, "user");
        visitor.open("/live");
        assertThat(page.locator(".status")).hasText("live");
        assertAccessible(visitor, "live");
        visitor.open("/watch?keyspace=shop&what=deployments.apps/shop&since=oldest");
        assertThat(page.locator(".written").first()).isVisible();
        page.locator(".written summary").first().click();
        assertAccessible(visitor, "watch");
        visitor.open("/health");
        assertThat(page.locator(".part").first()).isVisible();
        assertAccessible(visitor, "health");
        visitor.leave("");
    }

    private static void assertAccessible(Visitor visitor, String page) {
        List<String> found = new AxeBuilder(visitor.page())
                .analyze().getViolations().stream()
                        .filter(rule -> SERIOUS.contains(rule.getImpact()))
                        .map(AccessibilityIT::text)
                        .toList();
        assertThat(found).as(page).isEmpty();
    }

    private static String text(Rule rule) {
        return rule.getId() + ": "
                + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList();
    }

    @Test
    void nothingMovesForThoseWhoAskForNoMotion(Visitor visitor) {
        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        visitor.open(CHECKOUT);
        assertThat(visitor.rows().first()).isVisible();

        assertThat((Boolean) visitor.page().evaluate("document.getAnimations().length === 0"))
                .isTrue();
    }
}
