package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the files of the UI are served. */
@InBrowser
class ServingIT {
    @Test
    void everyFileIsPackedGuardedAndRevalidated(Visitor visitor) {
        List<Response> answers = new ArrayList<>();
        visitor.page().onResponse(answers::add);
        visitor.open("/");
        assertThat(visitor.page().locator(".feed-row").first()).isVisible();

        List<Response> files = answers.stream()
                .filter(answer ->
                        !answer.url().contains("/api/v1/") && !answer.url().endsWith("z"))
                .toList();
        assertThat(files).hasSizeGreaterThan(20);
        for (Response file : files) {
            assertThat(file.headerValue("content-security-policy"))
                    .as(file.url())
                    .contains("default-src 'self'");
            assertThat(file.headerValue("x-content-type-options"))
                    .as(file.url())
                    .isEqualTo("nosniff");
            String cache = file.headerValue("cache-control");
            assertThat(cache)
                    .as(file.url())
                    .isEqualTo(file.url().contains("/webjars/") ? "public, max-age=31536000, immutable" : "no-cache");
            assertThat(file.headerValue("content-encoding")).as(file.url()).isEqualTo("gzip");
        }
        answers.clear();
        visitor.page().reload();
        assertThat(visitor.page().locator(".feed-row").first()).isVisible();
        assertThat(answers.stream()
                        .filter(answer -> answer.url().endsWith("/ui/js/main.js"))
                        .map(Response::status))
                .containsExactly(304);
    }
}
