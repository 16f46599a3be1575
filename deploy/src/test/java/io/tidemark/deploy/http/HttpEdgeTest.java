package io.tidemark.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.deploy.StartFailure;
import io.tidemark.service.Health;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    private HttpEdge plain(int port) {
        return new HttpEdge(vertx, new HttpSettings("127.0.0.1", port, Optional.empty(), Duration.ofSeconds(1)));
    }
}
