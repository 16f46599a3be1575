package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A person with a window of their own: no cookies, no storage, at home in Berlin (UTC+1 when the recording was made). */
final class Visitor {
    private static final double PATIENCE_MILLIS = 30_000;

    private final Shop shop;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private boolean forgiving;

    Visitor(Shop shop) {
        this(shop, ColorScheme.LIGHT);
    }

    Visitor(Shop shop, ColorScheme scheme) {
        this.shop = shop;
        this.context = shop.browser()
                .newContext(new Browser.NewContextOptions()
                        .setBaseURL(shop.platform().baseUri().toString())
                        .setViewportSize(1440, 900)
                        .setTimezoneId("Europe/Berlin")
                        .setLocale("en-GB")
                        .setColorScheme(scheme)
                        .setPermissions(List.of("clipboard-read", "clipboard-write")));
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complain("console: " + message.text());
            }
        });
        page.onPageError(error -> complain("uncaught: " + error));
        page.onRequest(request -> {
            String host = URI.create(request.url()).getHost();
            if (host != null && !host.equals("127.0.0.1")) {
                complain("request to " + request.url());
            }
        });
    }

    private void complain(String text) {
        if (!forgiving) {
            complaints.add(text);
        }
    }

    Page page() {
        return page;
    }

    /** From now on errors in the console are expected: the test breaks something. */
    void forgive() {
        forgiving = true;
    }

    void open(String path) {
        page.navigate(path);
    }

    /** Types into the finder and waits for an answer, which may be the one to the first letters of it. */
    Locator find(String text) {
        page.keyboard().press("/");
        page.keyboard().type(text);
        Locator found = page.locator("[role=option]");
        assertThat(found.first()).isVisible();
        return found;
    }

    /** Types a part of a name into the finder and opens the first object that has it. */
    void openFirst(String part) {
        find(part).filter(new Locator.FilterOptions().setHasText(part)).first().click();
    }

    /** Finds an object and opens its page, by its kind and whole name. */
    void openObject(String typed, String kind, String name) {
        find(typed)
                .filter(new Locator.FilterOptions().setHasText(kind))
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".name", new Page.LocatorOptions().setHasText(exactly(name)))))
                .first()
                .click();
        assertThat(page.locator(".object-title h1")).hasText(name);
    }

    /** The whole text, as an expression that JavaScript understands, too. */
    private static Pattern exactly(String text) {
        return Pattern.compile("^\\s*" + text.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0") + "\\s*$");
    }

    /** Writes into the filter of an object's page. */
    void filter(String text) {
        page.getByLabel("Filter what happened").fill(text);
    }

    /** Rows of the list on the page; those in view, where there are many. */
    Locator rows() {
        return page.locator("tm-list .row:not(.fold)");
    }

    /** Rows with all of these texts. */
    Locator row(String... texts) {
        Locator rows = rows();
        for (String text : texts) {
            rows = rows.filter(new Locator.FilterOptions().setHasText(text));
        }
        return rows;
    }

    Locator details() {
        return page.locator("aside.details");
    }

    Locator footer() {
        return page.locator("footer.coverage");
    }

    /** Opens the details of the only row with these texts and returns its audit ID. */
    String auditIdOf(String... texts) {
        select(row(texts));
        return auditId();
    }

    /** Opens the details of a row, and waits until they are of it and not of the one before. */
    void select(Locator row) {
        row.locator(".c-verb").click();
        assertThat(row).hasAttribute("aria-selected", "true");
    }

    String auditId() {
        return details()
                .locator("dt", new Locator.LocatorOptions().setHasText("Audit ID"))
                .locator("+ dd .wrap")
                .innerText();
    }

    int nodes() {
        return ((Number) page.evaluate("document.querySelectorAll('*').length")).intValue();
    }

    /** Ends the visit. @param failed name of the test when it failed: its last sight is kept as a picture */
    void leave(String failed) {
        if (!failed.isEmpty()) {
            Path picture = Path.of("target", "browser", failed.replaceAll("[^A-Za-z0-9]+", "-") + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(picture));
        }
        context.close();
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }
}
