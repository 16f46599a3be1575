package io.tidemark.deploy;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.tidemark.deploy.correlator.CorrelatorProcess;
import io.tidemark.service.Health;
import io.tidemark.service.Meters;
import io.tidemark.service.MetricSpec;
import io.tidemark.service.Services;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Shows {@link DeployMetric}s; each is looked up when a scrape asks. */
final class PlatformMeters {
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final Meters meters;
    private volatile double startSeconds = Double.NaN;

    PlatformMeters(Meters meters, PrometheusRegistry registry, boolean embedded) {
        this.meters = meters;
        info(
                registry,
                DeployMetric.BUILD,
                VersionCommand.version(),
                Runtime.version().toString());
        info(registry, DeployMetric.DURABILITY, embedded ? "fsync" : "acks_all");
        meters.gauge(DeployMetric.START, () -> startSeconds);
        meters.gauge(DeployMetric.UPTIME, PlatformMeters::uptimeSeconds);
    }

    /** Micrometer takes the ending from the name of such a metric, so Prometheus' own registry is asked. */
    private static void info(PrometheusRegistry registry, DeployMetric metric, String... tagValues) {
        Info.builder()
                .name(metric.metricName())
                .help(metric.help())
                .labelNames(metric.tags().stream().map(MetricSpec.Tag::name).toArray(String[]::new))
                .register(registry)
                .setLabelValues(tagValues);
    }

    void folder(DataFolder folder, boolean embedded) {
        meters.gauge(DeployMetric.DATA_FREE, () -> freeBytes(folder.root()));
        if (embedded) {
            for (Topic<?, ?> topic : Topics.ALL) {
                meters.gauge(DeployMetric.TOPIC_SIZE, () -> topicBytes(folder.kafka(), topic.name()), topic.name());
            }
        }
    }

    void correlator(CorrelatorProcess correlator) {
        correlator.readings().register(meters);
        for (String state : DeployMetric.CORRELATOR_STATE.tags().getFirst().values()) {
            meters.gauge(DeployMetric.CORRELATOR_STATE, () -> correlator.state().equals(state) ? 1 : 0, state);
        }
        meters.gauge(
                DeployMetric.CORRELATOR_UPTIME,
                () -> correlator.uptime().map(up -> up.toMillis() / MILLIS).orElse(Double.NaN));
        meters.counter(DeployMetric.CORRELATOR_RESTARTS, correlator::restarts);
    }

    void parts(Services services) {
        for (String part : services.names()) {
            meters.gauge(DeployMetric.PART, () -> services.check(part) instanceof Health.Down ? 0 : 1, part);
        }
    }

    /** Everything is ready for the first time; returns how long that took from the start of the JVM. */
    double ready() {
        startSeconds = uptimeSeconds();
        return startSeconds;
    }

    private static double uptimeSeconds() {
        return ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS;
    }

    private static double freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** Segments of all partitions; they come and go while they are counted, which is no error. */
    private static double topicBytes(Path kafka, String topic) {
        double bytes = 0;
        try (DirectoryStream<Path> partitions = Files.newDirectoryStream(kafka, topic + "-*")) {
            for (Path partition : partitions) {
                try (DirectoryStream<Path> segments = Files.newDirectoryStream(partition, "*.log")) {
                    for (Path segment : segments) {
                        bytes += segment.toFile().length();
                    }
                }
            }
            return bytes;
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
