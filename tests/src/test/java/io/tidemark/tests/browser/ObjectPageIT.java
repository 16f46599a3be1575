package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The life of one object. */
@InBrowser
class ObjectPageIT {
    private static final String CHECKOUT = "/o/shop/apps/deployments/shop/checkout";

    @Test
    void keysMoveTheSelectionAndTheUrlFollows(Visitor visitor) {
        visitor.open(CHECKOUT);
        Page page = visitor.page();
        Keyboard keys = page.keyboard();
        assertThat(visitor.rows()).not().hasCount(0);
        Locator selected = page.locator(".row[aria-selected=true]");

        keys.press("j");
        assertThat(page).hasURL(Pattern.compile("sel=[0-9a-f]{16}"));
        String first = selected.innerText();
        keys.press("j");
        assertThat(selected).not().hasText(first);
        keys.press("k");
        assertThat(selected.locator("time")).hasText(first.lines().findFirst().orElseThrow());
        keys.press("Enter");
        assertThat(visitor.details()).isVisible();
        keys.press("]");
        assertThat(page).hasURL(Pattern.compile("from=[^&]+&to="));
        String narrow = page.url();
        keys.press("[");
        assertThat(page).not().hasURL(narrow);
        keys.press("0");
        assertThat(page).not().hasURL(Pattern.compile("from="));
        keys.press("Escape");
        assertThat(visitor.details()).hasCount(0);
        keys.press("Escape");
        assertThat(page).not().hasURL(Pattern.compile("sel="));
        keys.press("?");
        assertThat(page.locator("dialog.help")).isVisible();
        keys.press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        keys.press("/");
        assertThat(page.locator("dialog.finder input")).isFocused();
    }

    @Test
    void steppingPassesFoldedNoiseWhichOneClickOpens(Visitor visitor) {
        visitor.open(CHECKOUT);
        Locator fold = visitor.page().locator(".row.fold").first();
        assertThat(fold).containsText("status updates");
        int before = visitor.rows().count();

        fold.locator("button").click();
        assertThat(visitor.page()).hasURL(Pattern.compile("unfold="));
        assertThat(fold.locator("button")).hasAttribute("aria-expanded", "true");
        visitor.page().keyboard().press("f");
        assertThat(visitor.page().locator(".row.fold")).hasCount(0);
        assertThat(visitor.page()).hasURL(Pattern.compile("fold=off"));
        assertThat(before).isPositive();
    }

    @Test
    void everyOwnedObjectIsThereOrCounted(Visitor visitor) {
        visitor.open("/o/shop/apps/deployments/shop/web");
        visitor.page().getByText("Owners and owned").click();

        Locator foot = visitor.page().locator(".lower-foot");
        assertThat(foot).containsText("45 objects");
        assertThat(visitor.page().locator(".tl-label.head")).hasText("Owned objects · 44");
        visitor.page().getByLabel("Show what web-c948dc5b6 owns").click();
        visitor.page().locator(".tl-scroll").evaluate("lanes => { lanes.scrollTop = 250; }");
        visitor.page()
                .getByText("14 more", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(visitor.page()).hasURL(Pattern.compile("all="));
    }

    @Test
    void theCertaintyOfChangesIsCountedAndFilters(Visitor visitor) {
        visitor.open(CHECKOUT);
        Locator classes = visitor.page().locator(".certainty button");
        assertThat(classes).hasCount(2);
        String unproved = classes.last().innerText();
        assertThat(unproved).matches("\\d+ ≈ not proved");

        classes.last().click();
        assertThat(visitor.page()).hasURL(Pattern.compile("filter=is%3Aunproved"));
        assertThat(visitor.rows()).hasCount(Integer.parseInt(unproved.split(" ")[0]));
        assertThat(visitor.rows().first().locator(".c-sure")).hasText("≈");
    }

    @Test
    void aPodSaysThatItWentBecauseOfItsDeployment(Visitor visitor) {
        visitor.open("/");
        visitor.openFirst("89lp4");

        Locator cause = visitor.page().locator(".cause");
        assertThat(cause).containsText("its owner was deleted");
        assertThat(cause).containsText("shop/banner");
        cause.locator(".object").click();
        assertThat(visitor.page().locator(".object-title h1")).hasText("shop/banner");
    }

    @Test
    void rollbacksAreNamedWithTheRevisionThatTheyBroughtBack(Visitor visitor) {
        visitor.open(CHECKOUT);
        Locator back = visitor.page().locator(".restored button");

        assertThat(back).hasText(new String[] {"to revision 1", "to revision 3"});
        back.last().click();
        assertThat(visitor.details()).containsText("spec.template");
    }

    @Test
    void coverageIsAlwaysThereWithItsGaps(Visitor visitor) {
        visitor.open(CHECKOUT);

        assertThat(visitor.footer()).containsText("from 2026-11-23 09:16:58");
        assertThat(visitor.footer()).containsText(Pattern.compile("to 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"));
        assertThat(visitor.footer()).containsText("lag");
        assertThat(visitor.footer()).containsText("kept 7 d");
        visitor.footer().getByText("gaps").click();
        Locator gap = visitor.footer().getByText("requests were audited at level Metadata");
        String count = gap.innerText().split(" ")[0];
        gap.click();
        assertThat(visitor.page()).hasURL(Pattern.compile("/search\\?doubt=metadata-only"));
        assertThat(visitor.page().locator(".lower-foot")).containsText(count + " of " + count);
    }

    @Test
    void timesAreLocalOrUtcAndTheChoiceStays(Visitor visitor) {
        visitor.open(CHECKOUT);
        Locator first = visitor.rows().first().locator("time");
        assertThat(first).hasText("09:17:08.407");

        visitor.page()
                .getByText("Local", new Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(first).hasText("08:17:08.407");
        visitor.page().reload();
        assertThat(first).hasText("08:17:08.407");
    }

    @Test
    void titlesNameTheObject(Visitor visitor) {
        visitor.open(CHECKOUT);
        assertThat(visitor.page()).hasTitle("Deployment checkout · Tidemark");
        visitor.open("/user/alice");
        assertThat(visitor.page()).hasTitle("alice · Tidemark");
    }
}
