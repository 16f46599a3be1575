package io.tidemark.deploy.broker;

import io.tidemark.service.Health;
import io.tidemark.service.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster of the user, asked now and then whether it answers. While it does not, the platform is not ready; it
 * goes on by itself when the cluster is back.
 */
public final class KafkaCluster implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCluster.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Instant silentSince;
    private @Nullable Thread thread;

    public KafkaCluster(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("kafka-cluster-watch").start(this::watch);
    }

    @Override
    public Health check() {
        Instant since = silentSince;
        return since == null
                ? Health.UP
                : new Health.Down("the Kafka cluster at " + bootstrapServers + " has not answered since "
                        + since.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void close() {
        closing.countDown();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    private void watch() {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "tidemark-cluster-watch",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                Long.toString(ANSWER.toMillis()),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Long.toString(ANSWER.toMillis())))) {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                note(answers(admin));
            }
        } catch (InterruptedException e) {
            LOG.debug("the Kafka cluster is no longer watched");
        }
    }

    private static boolean answers(Admin admin) throws InterruptedException {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(2 * ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private void note(boolean answers) {
        if (answers && silentSince != null) {
            LOG.info("The Kafka cluster answers again: servers={}", bootstrapServers);
            silentSince = null;
        } else if (!answers && silentSince == null) {
            LOG.warn("The Kafka cluster does not answer: servers={}", bootstrapServers);
            silentSince = Instant.now();
        }
    }
}
