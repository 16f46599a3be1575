package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tidemark ends, or a part of it does: pages say so and go on afterwards; links stay good. */
@InBrowser
class RestartIT {
    private static final LocatorAssertions.ContainsTextOptions LONG =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    private static final Page.LocatorOptions WITH_NAN = new Page.LocatorOptions().setHasText("NaN");

    @Test
    void aPermalinkShowsTheSameAfterARestartAndThePageSaysThatTheServerWasAway(Shop shop, Visitor visitor)
            throws Exception {
        visitor.open("/o/shop/apps/deployments/shop/checkout?scope=tree");
        visitor.filter("2.0-nope verb:patch user:alice");
        visitor.select(visitor.row("checkout:1.0 → checkout:2.0-nope"));
        visitor.page().keyboard().press("]");
        String text = visitor.details().innerText();
        String rows = visitor.page().locator("tm-list").innerText();
        visitor.page().getByTitle("Copy the link to exactly this view").click();
        String link = (String) visitor.page().evaluate("navigator.clipboard.readText()");
        assertThat(link).contains("uid=", "sel=", "from=", "to=", "filter=", "scope=tree");

        visitor.forgive();
        shop.platform().kill();
        assertThat(visitor.footer()).containsText("Tidemark does not answer", LONG);
        shop.restart();
        assertThat(visitor.footer()).containsText("from 2026-11-23", LONG);
        assertThat(visitor.details()).containsText("2.0-nope");

        Visitor another = new Visitor(shop);
        another.page().navigate(link);
        assertThat(another.details()).containsText("2.0-nope");
        assertThat(another.page().locator(".row[aria-selected=true]")).containsText("checkout:2.0-nope");
        assertThat(another.details().innerText()).isEqualTo(text);
        assertThat(another.page().locator("tm-list").innerText()).isEqualTo(rows);
        another.leave("");
    }

    @Test
    void theHealthPageSaysWhichPartIsDownAndSinceWhen(Shop shop, Visitor visitor) throws Exception {
        visitor.open("/health");
        Locator correlator = visitor.page().locator(".part", new Page.LocatorOptions().setHasText("correlator"));
        assertThat(correlator).containsText("works since", LONG);
        assertThat(visitor.page().locator(".figures")).containsText("tidemark_ingest_accepted_events_total");

        // killed again while it comes back: each time the platform waits longer before the next start
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    shop.platform().killCorrelator();
                    return correlator.innerText().contains("down since")
                            && correlator.innerText().contains("exit code 137")
                            && visitor.page().locator(".verdict").innerText().contains("Not ready")
                            && visitor.footer().innerText().contains("correlator down");
                });
        // what it told of itself is gone with it, which is no number
        assertThat(visitor.page().locator(".figures td.num", WITH_NAN).count()).isZero();
        assertThat(correlator).containsText("works since", LONG);
        assertThat(visitor.page().locator(".verdict")).containsText("Ready", LONG);
    }
}
