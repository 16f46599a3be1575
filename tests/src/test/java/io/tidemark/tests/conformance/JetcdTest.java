package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** jetcd, etcd's client for Java, finds what it found on a real etcd. */
class JetcdTest {
    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @Test
    void isToldWhatEtcdToldIt(@TempDir Path folder) throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("store"))) {
            assertThat(JetcdRun.against(store.port(), folder)).containsExactlyElementsOf(JetcdRun.recorded());
        }
    }
}
