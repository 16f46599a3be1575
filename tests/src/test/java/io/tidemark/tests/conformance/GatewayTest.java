package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The JSON gateway answers what that of a real etcd answered. */
class GatewayTest {
    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TestFactory
    List<DynamicTest> answersWhatEtcdAnswered() {
        return GatewayCases.all().entrySet().stream()
                .map(program -> DynamicTest.dynamicTest(program.getKey(), () -> {
                    try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve(program.getKey()))) {
                        assertThat(GatewayRecording.asked(store.port(), program.getValue()))
                                .containsExactlyElementsOf(GatewayRecording.read(program.getKey()));
                    }
                }))
                .toList();
    }

    /** The metrics that etcd has, by name and type, and the numbers that are not of the machine. */
    @Test
    void metricsTellWhatEtcdsToldOfTheSameRequests() throws Exception {
        List<String> etcd = MetricsReading.read();
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("metrics"))) {
            List<String> told = MetricsReading.asked(store.port());

            assertThat(told)
                    .filteredOn(line -> !MetricsReading.isType(line))
                    .containsExactlyElementsOf(etcd.stream()
                            .filter(line -> !MetricsReading.isType(line))
                            .toList());
            assertThat(told).filteredOn(MetricsReading::isType).isSubsetOf(etcd).hasSizeGreaterThan(25);
        }
    }

    @Test
    void whatIsLargeIsAnsweredAndWhatIsTooLargeRefused() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("large"));
                HttpClient client = GatewayClient.http()) {
            String value = Base64.getEncoder().encodeToString(new byte[999_999]);
            assertThat(post(client, store, "put", "{\"key\":\"YQ==\",\"value\":\"" + value + "\"}")
                            .statusCode())
                    .isEqualTo(200);
            JsonNode read = new ObjectMapper()
                    .readTree(post(client, store, "range", "{\"key\":\"YQ==\"}").body());
            assertThat(read.at("/kvs/0/value").textValue()).isEqualTo(value);

            HttpResponse<String> tooLarge =
                    post(client, store, "put", "{\"key\":\"YQ==\",\"value\":\"" + value + value + value + "\"}");
            assertThat(tooLarge.statusCode()).isEqualTo(429);
            assertThat(tooLarge.body()).contains("\"code\":8").contains("grpc: received message larger than max (");
        }
    }

    @Test
    void pagesOfOthersAreRefused() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("browser"));
                HttpClient client = GatewayClient.http()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + store.port() + "/v3/kv/put"))
                    .header("Origin", "http://127.0.0.1:" + store.port())
                    .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"YQ==\"}"))
                    .build();

            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(post(client, store, "range", "{\"key\":\"YQ==\"}").body())
                    .doesNotContain("kvs");
        }
    }

    private static HttpResponse<String> post(HttpClient client, StoreEndpoint store, String method, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + store.port() + "/v3/kv/" + method))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
