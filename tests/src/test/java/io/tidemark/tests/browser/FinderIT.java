package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One box finds every object, with the keyboard alone. */
@InBrowser
class FinderIT {
    @Test
    void fourLettersFindADeletedPodAmongTheFirstFive(Visitor visitor) {
        visitor.open("/");
        Locator found = visitor.find("4rp9");

        List<String> first = found.allInnerTexts().stream().limit(5).toList();
        assertThat(first).anyMatch(text -> text.contains("web-c948dc5b6-4rp9l") && text.contains("deleted"));
    }

    @Test
    void aTypoIsForgiven(Visitor visitor) {
        visitor.open("/");

        assertThat(visitor.find("chekout").first()).containsText("checkout");
    }

    @Test
    void aTypoInTheFirstLettersIsForgiven(Visitor visitor) {
        visitor.open("/");

        assertThat(visitor.find("chek").first()).containsText("checkout");
    }

    @Test
    void theKeyThatLeadsToTheFinderIsNotTypedIntoIt(Visitor visitor) {
        visitor.open("/");
        assertThat(visitor.page().locator("#home-find")).isFocused();
        visitor.find("held");

        assertThat(visitor.page().locator("#home-find")).hasValue("held");
    }

    @Test
    void arrowsAndEnterOpenAnObjectFromAnyPage(Visitor visitor) {
        visitor.open("/search");
        visitor.find("banner");
        visitor.page().keyboard().press("ArrowDown");
        visitor.page().keyboard().press("ArrowUp");
        visitor.page().keyboard().press("Enter");

        assertThat(visitor.page().locator(".object-title")).containsText("shop/banner");
        assertThat(visitor.page().locator(".object-title")).containsText("deleted");
        assertThat(visitor.page().locator("dialog")).hasCount(0);
    }

    @Test
    void anUnknownNameOffersWhatResemblesIt(Visitor visitor) {
        visitor.forgive(); // the API answers 404, which Chromium writes into the console
        visitor.open("/o/shop/apps/deployments/shop/chekout");

        assertThat(visitor.page().locator("h1")).containsText("No deployments shop/chekout is known");
        visitor.page().locator("[role=option]").first().click();
        assertThat(visitor.page().locator(".object-title h1")).hasText("shop/checkout");
    }

    @Test
    void anObjectThatWasCreatedAgainHasTwoLinkedLives(Visitor visitor) {
        visitor.open("/");
        visitor.openObject("search", "Deployment", "shop/search");

        Locator lives = visitor.page().locator(".lives a");
        assertThat(lives).hasCount(2);
        String uid = visitor.page().locator(".uid code").innerText();
        lives.first().click();
        assertThat(visitor.page().locator(".uid code")).not().hasText(uid);
        assertThat(visitor.page().locator(".deletion")).containsText("by alice");
        visitor.page().locator(".deletion button").first().click();
        assertThat(visitor.details()).containsText("propagationPolicy=Orphan");
        lives.last().click();
        assertThat(visitor.page().locator(".uid code")).hasText(uid);
        visitor.page().goBack();
        assertThat(visitor.page().locator(".uid code")).not().hasText(uid);
    }
}
