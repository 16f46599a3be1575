package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.tests.robustness.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real etcd and the store behind its port, asked the same at random: no reply differs. {@code
 * -Dtidemark.differential.requests} says how many requests, {@code -Dtidemark.seed} where the randomness begins.
 */
@Tag("peers")
class DifferentialIT {
    private static final int REQUESTS = Integer.getInteger("tidemark.differential.requests", 200_000);
    /** Of one program: so many that much is overwritten and compacted, so few that it can be shrunk soon. */
    private static final int PROGRAM = 10_000;

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @Test
    void nothingThatIsAskedAtRandomIsRepliedToDifferently() throws Exception {
        AtomicInteger images = new AtomicInteger();
        Differential differential = new Differential(
                () -> new Live(
                        EtcdProcess.start(Programs.quota("")), folder.resolve("image" + images.getAndIncrement())),
                call -> true);
        long seed = Seeds.first();
        Random seeds = new Random(seed);
        for (int asked = 0; asked < REQUESTS; asked += PROGRAM) {
            assertThat(differential.difference(seed, Math.min(PROGRAM, REQUESTS - asked)))
                    .isNull();
            System.out.println("etcd and the store: seed " + seed + ", no difference");
            seed = seeds.nextInt(Integer.MAX_VALUE);
        }
    }

    private static final class Live implements Pair {
        private final EtcdProcess etcd;
        private final StoreEndpoint store;

        Live(EtcdProcess etcd, Path image) throws IOException {
            this.etcd = etcd;
            boolean started = false;
            try {
                this.store = new StoreEndpoint(LOOPS.vertx(), image);
                started = true;
            } finally {
                if (!started) {
                    etcd.close();
                }
            }
        }

        @Override
        public EtcdEndpoint expected() {
            return etcd.endpoint();
        }

        @Override
        public EtcdEndpoint found() {
            return store;
        }

        @Override
        public void checkAlive() throws IOException {
            etcd.checkAlive();
        }

        @Override
        public void close() throws IOException {
            store.close();
            etcd.close();
        }
    }
}
