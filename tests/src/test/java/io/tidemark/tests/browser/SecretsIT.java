package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secret values are on no page, and still one sees that they changed. */
@InBrowser
class SecretsIT {
    private static final String FIRST = "Tr0ub4dor-first";
    private static final String SECOND = "Tr0ub4dor-second";

    @Test
    void valuesAreNowhereAndTheirChangeIsVisible(Shop shop, Visitor visitor) throws Exception {
        AuditEvents secret = new AuditEvents("Secret", "planted", Instant.now());
        shop.post(
                "secrets",
                List.of(
                        secret.create(Map.of("p", base64(FIRST), "same", base64("constant-Tr0ub4dor"))),
                        secret.update(Map.of("p", base64(SECOND), "same", base64("constant-Tr0ub4dor")))));
        shop.awaitRequests("secrets", 2);
        visitor.open("/o/secrets/core/secrets/made/planted?filter=path:data");

        assertThat(visitor.row("update")).containsText("data.p");
        visitor.select(visitor.row("update"));
        assertThat(visitor.details()).containsText("data.p");
        assertThat(visitor.details().locator(".diff-section")).not().containsText("same");
        String seen = visitor.page().content();
        String answered = shop.get("/api/v1/search?cluster=secrets&limit=100").toString();
        for (String value : List.of(FIRST, SECOND, "Tr0ub4dor")) {
            assertThat(seen).doesNotContain(value, base64(value));
            assertThat(answered).doesNotContain(value, base64(value));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
