package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Distribution;
import io.tidemark.tests.bench.Distribution.Running;
import io.tidemark.tests.kafka.KafkaProcess;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The distribution as {@code tidemark up} runs it, with all its parts; only its quota is raised. Its log is in the broker in
 * its process, or on a Kafka cluster, whose brokers then count as a part of it.
 */
final class TidemarkPeer implements Peer {
    private final Distribution distribution;
    private final Path data;
    private final int port;
    private final List<String> settings;
    private final List<KafkaProcess> brokers;
    private Running running;

    private TidemarkPeer(Distribution distribution, Path data, List<String> more, List<KafkaProcess> brokers)
            throws IOException, InterruptedException {
        this.distribution = distribution;
        this.data = data;
        this.brokers = brokers;
        this.port = FreePorts.next();
        this.settings = new ArrayList<>(more);
        settings.add("etcd.port=" + port);
        settings.add("etcd.quota=" + EtcdPeer.QUOTA_BYTES);
        if (!brokers.isEmpty()) {
            settings.add("kafka.bootstrap.servers="
                    + brokers.stream().map(KafkaProcess::bootstrapServers).collect(Collectors.joining(",")));
        }
        this.running = distribution.start(data, settings);
    }

    /** @param brokers of the Kafka cluster; 0: the broker in the process */
    static TidemarkPeer start(Distribution distribution, Path data, List<String> settings, int brokers)
            throws IOException, InterruptedException {
        List<KafkaProcess> cluster = brokers == 0
                ? List.of()
                : KafkaProcess.start(distribution.home(), data.resolveSibling(data.getFileName() + "-kafka"), brokers);
        return new TidemarkPeer(distribution, data, settings, cluster);
    }

    @Override
    public String name() {
        return "tidemark";
    }

    @Override
    public int port() {
        return port;
    }

    /** Of its watch topics. */
    int httpPort() {
        return running.port();
    }

    @Override
    public List<Long> pids() throws IOException {
        List<Long> all = new ArrayList<>(List.of(running.corePid(), running.correlatorPid()));
        brokers.forEach(broker -> all.add(broker.pid()));
        return all;
    }

    @Override
    public double restartSeconds() throws IOException, InterruptedException {
        running.close();
        running = distribution.start(data, settings);
        return running.startSeconds();
    }

    @Override
    public void close() throws IOException {
        running.close();
        brokers.forEach(KafkaProcess::close);
    }
}
