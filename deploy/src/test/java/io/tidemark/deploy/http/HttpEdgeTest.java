package io.tidemark.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.deploy.StartFailure;
import io.tidemark.service.Health;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEdgeTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void tellsATakenPortBeforeAnythingIsStarted() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket other = new ServerSocket(0, 1, loopback)) {
            HttpEdge edge = plain(other.getLocalPort());
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(edge::requireFreePort)
                    .withMessageContaining("port " + other.getLocalPort() + " on 127.0.0.1 (HTTP) is taken")
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(StartFailure.Kind.PORT_TAKEN))
                    .satisfies(failure -> assertThat(failure.remedy()).contains("http.port"));
        }
    }

    @Test
    void aFreePortIsStillFreeAfterTheCheck() {
        HttpEdge edge = plain(0);
        edge.requireFreePort();
        edge.start();
        assertThat(edge.check()).isEqualTo(Health.UP);
        edge.close();
    }

    @Test
    void whoOffersToChangeToHttp2WithoutTlsIsAnsweredAsBefore() throws Exception {
        HttpEdge edge = plain(0);
        edge.start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(edge.address() + "/")).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .version())
                    .isEqualTo(HttpClient.Version.HTTP_1_1);
        }
        edge.close();
    }

    private HttpEdge plain(int port) {
        return new HttpEdge(vertx, new HttpSettings("127.0.0.1", port, Optional.empty(), Duration.ofSeconds(1)));
    }
}
