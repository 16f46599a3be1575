package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Takes the README's picture: {@code docs/images/object-page.png} is a copy of {@code target/browser/object-page.png}. */
@InBrowser
class ReadmePictureIT {
    private static final int MOST_BYTES = 400_000;

    @Test
    void theLifeOfCheckoutFitsOnAPicture(Visitor visitor) {
        visitor.open("/o/shop/apps/deployments/shop/checkout");
        visitor.select(visitor.row("checkout:1.0 → checkout:2.0-nope"));
        assertThat(visitor.details()).containsText("checkout:2.0-nope");
        assertThat(visitor.page().locator(".live-state")).hasText("Live");
        visitor.page().mouse().move(2, 2);

        byte[] picture = visitor.page()
                .screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "browser", "object-page.png")));
        assertThat(picture.length).isBetween(50_000, MOST_BYTES);
    }
}
