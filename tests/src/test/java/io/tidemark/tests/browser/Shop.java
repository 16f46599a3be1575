package io.tidemark.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.tidemark.tests.oracle.AuditLog;
import io.tidemark.tests.oracle.ExpectedSpans;
import io.tidemark.tests.oracle.ShopRecording;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.scenario.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The distribution with the recorded cluster, and a Chromium to look at it: started once for all browser tests. */
final class Shop implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    /** How long a page may take to come to what is expected; nothing waits this long when it is there. */
    private static final String[] SAMPLE = {"--sample", "shop"};

    private static final double ASSERTION_MILLIS = 30_000;
    /** Root may not use Chromium's sandbox; the rest keeps it from calling home. */
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PlatformProcess platform;
    private final Playwright playwright;
    private final Browser browser;
    private final List<JsonNode> log;
    private final ExpectedSpans expected;
    private final Map<String, Set<String>> evidence;

    private Shop(PlatformProcess platform, Playwright playwright, Browser browser) throws IOException {
        this.platform = platform;
        this.playwright = playwright;
        this.browser = browser;
        this.log = AuditLog.read(ShopRecording.audit());
        this.expected = ShopRecording.expected();
        this.evidence = Evidence.read();
    }

    static Shop open() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "browser"));
        Path data = Files.createTempDirectory(folder.toAbsolutePath(), "shop");
        Path chromium = Chromium.required();
        PlatformProcess platform = PlatformProcess.start(data, SAMPLE);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(FLAGS));
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
        Shop shop = new Shop(platform, playwright, browser);
        shop.awaitSample();
        return shop;
    }

    /** Every request of the recording is found, and nothing more comes. */
    private void awaitSample() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get("/api/v1/clusters").has("clusters"));
        awaitRequests("shop", expected.requests().size());
        await().atMost(PATIENCE).during(Duration.ofSeconds(2)).until(() -> get("/api/v1/coverage"), this::sameAsBefore);
    }

    private JsonNode before = JSON.nullNode();

    private boolean sameAsBefore(JsonNode coverage) {
        boolean same = before.path("spans").equals(coverage.path("spans"))
                && coverage.path("lagRecords").asInt() == 0;
        before = coverage;
        return same;
    }

    /** Starts it again as it was started: later tests want the recorded cluster, too. */
    void restart() throws IOException {
        platform.restart(SAMPLE);
    }

    PlatformProcess platform() {
        return platform;
    }

    Browser browser() {
        return browser;
    }

    /** The recording's audit log, as it stands in the file. */
    List<JsonNode> log() {
        return log;
    }

    /** What an independent reading of the log expects. */
    ExpectedSpans expected() {
        return expected;
    }

    /** Audit IDs that prove the answer of a question of the recording. */
    Set<String> evidence(String question) {
        return evidence.getOrDefault(question, Set.of());
    }

    JsonNode get(String path) throws IOException {
        try (InputStream answer = uri(path).toURL().openStream()) {
            return JSON.readTree(answer);
        }
    }

    /** Sends audit events as an API server does. */
    void post(String cluster, List<? extends JsonNode> events) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var list = JSON.createObjectNode().put("kind", "EventList").put("apiVersion", "audit.k8s.io/v1");
            list.putArray("items").addAll(events);
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri("/audit/" + cluster))
                            .header("content-type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(list.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    /** Writes a key of the platform's own keyspace. */
    void write(String key, String value) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String put = JSON.createObjectNode()
                    .put("key", key.getBytes(StandardCharsets.UTF_8))
                    .put("value", value.getBytes(StandardCharsets.UTF_8))
                    .toString();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.etcdPort() + "/v3/kv/put"))
                            .POST(HttpRequest.BodyPublishers.ofString(put))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    /** Waits until a cluster's requests can be found. */
    void awaitRequests(String cluster, int count) {
        await().atMost(PATIENCE)
                .until(() -> get("/api/v1/search?kind=REQUEST&limit=1&cluster=" + cluster)
                                .path("total")
                                .asInt()
                        == count);
    }

    URI uri(String path) {
        return platform.baseUri().resolve(path);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        platform.close();
    }
}
