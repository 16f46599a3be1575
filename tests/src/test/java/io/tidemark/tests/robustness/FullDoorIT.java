package io.tidemark.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.tests.platform.Dumps;
import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.ShopSlice;
import io.tidemark.tests.platform.SpanApi;
import io.tidemark.tests.platform.SpanTopic;
import io.tidemark.tests.platform.Undisturbed;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** More at once than the doors hold: whoever is refused is told when to come again, and nothing is lost. */
class FullDoorIT {
    private static final String CLUSTER = "shop";
    private static final int LIST_EVENTS = 50;
    private static final int PATIENCE_ATTEMPTS = 200;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    /** What one client saw. */
    private record Seen(int taken, int refused) {}

    @Test
    void refusesWhatItCannotHoldAndLosesNothing() throws Exception {
        List<JsonNode> events = ShopSlice.small();
        String undisturbed = Undisturbed.small();
        // room for two of the lists at a time
        String[] options = {
            "--set", "audit.limit.body.bytes=1MiB",
            "--set", "audit.limit.buffer.bytes=1MiB",
            "--set", "audit.limit.in-flight.bytes=1MiB"
        };
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), options);
                Feeder feeder = new Feeder(platform.baseUri(), CLUSTER);
                HttpClient client = HttpClient.newHttpClient()) {
            platform.awaitReady();
            List<CompletableFuture<Seen>> sending = new ArrayList<>();
            for (List<JsonNode> list : lists(events)) {
                CompletableFuture<Seen> seen = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> complete(seen, client, platform, list));
                sending.add(seen);
            }
            List<Seen> seen = sending.stream().map(CompletableFuture::join).toList();
            System.out.println("full door: lists " + seen.size() + ", refusals "
                    + seen.stream().mapToInt(Seen::refused).sum());
            assertThat(seen).allMatch(one -> one.taken() == 1);
            assertThat(seen.stream().mapToInt(Seen::refused).sum()).isPositive();
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);
            Dumps.assertSame(topic.dump(), undisturbed, "topic, log %s", platform.log());
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> Dumps.assertSame(
                            SpanApi.dump(platform, CLUSTER), undisturbed, "store, log %s", platform.log()));
        }
    }

    private static List<List<JsonNode>> lists(List<JsonNode> events) {
        return IntStream.range(0, events.size() / LIST_EVENTS)
                .mapToObj(i -> events.subList(i * LIST_EVENTS, (i + 1) * LIST_EVENTS))
                .toList();
    }

    private static void complete(
            CompletableFuture<Seen> seen, HttpClient client, PlatformProcess platform, List<JsonNode> list) {
        try {
            seen.complete(sendUntilTaken(client, platform, list));
        } catch (Exception | AssertionError e) {
            seen.completeExceptionally(e);
        }
    }

    private static Seen sendUntilTaken(HttpClient client, PlatformProcess platform, List<JsonNode> list)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(platform.baseUri().resolve("/audit/" + CLUSTER))
                .version(HttpClient.Version.HTTP_1_1)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Feeder.list(list)))
                .build();
        for (int refused = 0; refused < PATIENCE_ATTEMPTS; refused++) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return new Seen(1, refused);
            }
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("\"title\":\"Door is full\"");
            long seconds =
                    Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow());
            long spread = ThreadLocalRandom.current().nextLong(500);
            TimeUnit.MILLISECONDS.sleep(seconds * 1_000 + spread); // as told
        }
        return new Seen(0, PATIENCE_ATTEMPTS);
    }
}
