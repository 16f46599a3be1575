package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.revision.KafkaLogHome;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionStore;
import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigLoader;
import io.tidemark.service.DiskRoom;
import io.tidemark.service.Meters;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyspacesTest {
    @TempDir
    private Path temp;

    @Test
    void othersHaveToKnowThePortOfASharedKeyspace() {
        Vertx vertx = Vertx.vertx();
        Config config = new ConfigLoader(RevisionConfig.KEYS)
                .flags(Map.of("etcd.port", "0"))
                .load();
        RevisionStore.Shared shared = new RevisionStore.Shared(
                config,
                vertx,
                new Meters(new SimpleMeterRegistry()),
                EtcdServer.Additions.NONE,
                new DiskRoom(temp, "data.free.writes", 0),
                null);
        KafkaLogHome logs = new KafkaLogHome(Map.of(), Duration.ofSeconds(6), true);
        try (DataFolder folder = DataFolder.open(temp, 0)) {
            assertThatThrownBy(() -> Keyspaces.of(shared, folder, logs))
                    .isInstanceOfSatisfying(StartFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(StartFailure.Kind.PORT_UNKNOWN);
                        assertThat(failure.remedy()).contains("etcd.port");
                    });
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
