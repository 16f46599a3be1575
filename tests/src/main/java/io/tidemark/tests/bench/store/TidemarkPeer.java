package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Distribution;
import io.tidemark.tests.bench.Distribution.Running;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The distribution as {@code tidemark up} runs it, with all its parts; only its quota is raised. */
final class TidemarkPeer implements Peer {
    private final Distribution distribution;
    private final Path data;
    private final int port;
    private final List<String> settings;
    private Running running;

    private TidemarkPeer(Distribution distribution, Path data, List<String> more)
            throws IOException, InterruptedException {
        this.distribution = distribution;
        this.data = data;
        this.port = FreePorts.next();
        this.settings = new ArrayList<>(more);
        settings.add("etcd.port=" + port);
        settings.add("etcd.quota=" + EtcdPeer.QUOTA_BYTES);
        this.running = distribution.start(data, settings);
    }

    static TidemarkPeer start(Distribution distribution, Path data, List<String> settings)
            throws IOException, InterruptedException {
        return new TidemarkPeer(distribution, data, settings);
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
        return List.of(running.corePid(), running.correlatorPid());
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
    }
}
