package io.tidemark.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.revision.etcd.EtcdServer;
import io.tidemark.revision.log.ForwardingLog;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.sequencer.Election;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigLoader;
import io.tidemark.service.DiskRoom;
import io.tidemark.service.Meters;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionStoreTest {
    private static Vertx vertx;

    @TempDir
    private Path folder;

    private final Home home = new Home();

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** An image that stayed open could not be opened again. */
    @Test
    void whatFailsWhileItStartsLeavesNothingOpen() throws Exception {
        home.identityFails = true;
        assertFails(0, "the log cannot be asked for its identity: not now");
        home.identityFails = false;
        home.electionFails = true;
        assertFails(0, "no election");
        home.electionFails = false;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFails(taken.getLocalPort(), "in use");
        }

        try (RevisionStore store = store(0)) {
            store.start();
            assertThat(home.open).hasSize(1);
        }
        assertThat(home.open).isEmpty();
    }

    private void assertFails(int port, String why) {
        try (RevisionStore store = store(port)) {
            assertThatThrownBy(store::start).hasMessageContaining(why);
            assertThat(home.open).isEmpty();
        }
    }

    private RevisionStore store(int port) {
        Config config = new ConfigLoader(RevisionConfig.KEYS)
                .flags(Map.of(RevisionConfig.PORT.name(), String.valueOf(port)))
                .load();
        return new RevisionStore(
                new RevisionStore.Shared(
                        config,
                        vertx,
                        new Meters(new SimpleMeterRegistry()),
                        EtcdServer.Additions.NONE,
                        new DiskRoom(folder, "data.free.writes", 0),
                        null),
                ServedKeyspace.of(config).getFirst(),
                folder,
                home);
    }

    /** Logs in memory that are counted, where one part or another fails. */
    private static final class Home implements LogHome {
        private final List<TransactionLog> open = new ArrayList<>();
        private boolean identityFails;
        private boolean electionFails;

        @Override
        public TransactionLog open(ServedKeyspace keyspace, LogEntryCodec codec) {
            TransactionLog log = new ForwardingLog(new MemoryLog(codec.key())) {
                @Override
                public String identity() throws LogUnavailableException {
                    if (identityFails) {
                        throw new LogUnavailableException("not now");
                    }
                    return super.identity();
                }

                @Override
                public void close() {
                    open.remove(this);
                    super.close();
                }
            };
            open.add(log);
            return log;
        }

        @Override
        public Election election(ServedKeyspace keyspace, String node) {
            if (electionFails) {
                throw new IllegalStateException("no election");
            }
            return Election.ALONE;
        }
    }
}
