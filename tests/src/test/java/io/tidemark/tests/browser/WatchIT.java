package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A keyspace can be looked at while it is written, and from a past revision on. */
@InBrowser
class WatchIT {
    @Test
    void whatIsWrittenAppearsWithWhatChangedUnlessThePageIsHeld(Shop shop, Visitor visitor) throws Exception {
        visitor.open("/watch?what=/browser/live/");
        Locator status = visitor.page().locator(".status");
        assertThat(status).hasText("live");
        Locator written = visitor.page().locator(".written");
        shop.write("/browser/live/a", "{\"replicas\":1}");
        assertThat(written).hasCount(1);
        assertThat(written.first()).containsText("created");
        shop.write("/browser/elsewhere", "x");
        shop.write("/browser/live/a", "{\"replicas\":2}");
        assertThat(written).hasCount(2);
        assertThat(written.first().locator(".short")).hasText("replicas");
        written.first().locator("summary").click();
        assertThat(written.first().locator(".side.before code")).hasText("1");
        assertThat(written.first().locator(".side.after code")).hasText("2");

        visitor.page().keyboard().press("p");
        assertThat(status).hasText("paused");
        shop.write("/browser/live/b", "held");
        assertThat(visitor.page().locator(".chip.new")).hasText("1 new");
        assertThat(written).hasCount(2);
        visitor.page().keyboard().press("p");
        assertThat(written).hasCount(3);
        assertThat(written.first().locator(".key b")).hasText("b");
    }

    @Test
    void thePastIsToldFirstAndKeysAndObjectsAreChosenOnThePage(Shop shop, Visitor visitor) {
        visitor.open("/watch");
        visitor.page().getByLabel("Keyspace").selectOption("shop");
        visitor.page().getByLabel("Since revision or time").fill("oldest");
        visitor.page().getByLabel("Keys or objects").fill("deployments.apps/shop/checkout");
        Locator written = visitor.page().locator(".written");
        assertThat(written.last()).containsText("created");
        assertThat(written.last().locator(".key b")).hasText("checkout");
        visitor.page().getByLabel("Keys or objects").blur();
        visitor.page().keyboard().press("j");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.page().locator(".written[open]")).hasCount(1);
        picture(visitor, "watch-light");
        Visitor dark = new Visitor(shop, ColorScheme.DARK);
        dark.open("/watch?keyspace=shop&what=deployments.apps/shop&since=oldest");
        dark.page().locator(".written summary").first().click();
        assertThat(dark.page().locator(".written[open]")).hasCount(1);
        picture(dark, "watch-dark");
        dark.leave("");
    }

    @Test
    void aFilterIsTypedOnThePageAndWhatIsWrongWithItIsTold(Shop shop, Visitor visitor) {
        visitor.forgive();
        visitor.open("/watch?keyspace=shop&what=deployments.apps/shop&since=oldest&filter=object.spec.replicas+%3E");
        assertThat(visitor.page().locator(".problem")).containsText("filter");
        visitor.page().getByLabel("Filter expression").fill("object.metadata.name == 'checkout'");
        Locator written = visitor.page().locator(".written");
        assertThat(written.last().locator(".key b")).hasText("checkout");
        assertThat(written.locator(".key b").filter(new Locator.FilterOptions().setHasNotText("checkout")))
                .hasCount(0);
        picture(visitor, "watch-filter");
    }

    private static void picture(Visitor visitor, String name) {
        visitor.page().screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "browser", name + ".png")));
    }

    @Test
    void whatIsRefusedIsToldWithWhatWouldBeRight(Visitor visitor) {
        visitor.forgive();
        visitor.open("/watch?since=yesterday");
        assertThat(visitor.page().locator(".problem")).containsText("since must be a revision");
        visitor.page().getByLabel("Since revision or time").fill("");
        assertThat(visitor.page().locator(".status")).hasText("live");
    }
}
