package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** An audit log file is loaded from the page. */
@InBrowser
class UploadIT {
    @Test
    void aDroppedFileIsLoadedAndItsBrokenLineNamed(Shop shop, Visitor visitor) {
        visitor.open("/search?cluster=dropped");
        String text = file("dropped", "line 17 is no event");
        visitor.page()
                .evaluate(
                        "text => { const data = new DataTransfer();"
                                + " data.items.add(new File([text], 'audit.log'));"
                                + " for (const type of ['dragover', 'drop'])"
                                + " window.dispatchEvent(new DragEvent(type, { dataTransfer: data, cancelable: true })); }",
                        text);
        load(visitor, "dropped");

        Locator refused = visitor.page().locator(".refused tbody tr");
        assertThat(refused).hasCount(1);
        assertThat(refused.locator("td").first()).hasText("17");
        assertThat(visitor.page().locator("dialog")).containsText("29 events accepted, 1 refused");
        visitor.page().keyboard().press("Escape");
        shop.awaitRequests("dropped", 29);
        visitor.page().reload();
        assertThat(visitor.page().locator(".lower-foot")).containsText("29 of 29");
    }

    @Test
    void aChosenGzipFileIsLoaded(Shop shop, Visitor visitor) throws IOException {
        visitor.open("/");
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(file("chosen", null).getBytes(StandardCharsets.UTF_8));
        }
        visitor.page().getByText("Load a log file").click();
        visitor.page()
                .locator("dialog input[type=file]")
                .setInputFiles(new FilePayload("audit.log.gz", "application/gzip", packed.toByteArray()));
        load(visitor, "chosen");

        assertThat(visitor.page().locator("dialog")).containsText("30 events accepted");
        shop.awaitRequests("chosen", 30);
        visitor.page().getByText("See what is there").click();
        assertThat(visitor.page().locator("dialog")).hasCount(0);
        assertThat(visitor.page().locator(".clusters")).containsText("chosen");
    }

    private static void load(Visitor visitor, String cluster) {
        visitor.page().getByLabel("Cluster name").fill(cluster);
        visitor.page()
                .getByText("Load", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();
    }

    /** Thirty lines; the seventeenth is replaced when there is something to replace it. */
    private static String file(String name, @org.jspecify.annotations.Nullable String seventeenth) {
        AuditEvents map = new AuditEvents("ConfigMap", name, Instant.now());
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            String line =
                    (i == 1 ? map.create(Map.of("n", "1")) : map.update(Map.of("n", Integer.toString(i)))).toString();
            lines.add(i == 17 && seventeenth != null ? seventeenth : line);
        }
        return String.join("\n", lines) + "\n";
    }
}
