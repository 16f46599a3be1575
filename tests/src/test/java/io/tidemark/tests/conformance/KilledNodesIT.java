package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.StatusRequest;
import io.tidemark.revision.etcd.proto.StatusResponse;
import io.tidemark.tests.kafka.KafkaProcess;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.platform.StoreNodeProcess;
import io.tidemark.tests.robustness.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes of one keyspace on three Kafka brokers, and some more that never write. At random moments the node that writes,
 * one that follows, one that only observes, or a broker is killed or stopped, while clients write and read through all nodes.
 * What was answered is there, once, on every node; no read misses what was answered before it began; who watches, through
 * cut connections, without reading for seconds, or while what it was told is compacted, is told everything, in order and once.
 * {@code -Dtidemark.nodes.rounds=100} asks for more of it, {@code -Dtidemark.nodes.observers=10} for more nodes, {@code
 * -Dtidemark.nodes.watchers=250} for more watchers on each.
 */
class KilledNodesIT {
    private static final int ROUNDS = Integer.getInteger("tidemark.nodes.rounds", 1);
    private static final int OBSERVERS = Integer.getInteger("tidemark.nodes.observers", 1);
    /** Watchers of parts of the keys, on each node. */
    private static final int WATCHERS = Integer.getInteger("tidemark.nodes.watchers", 25);
    /** Nodes that may write; the observers come behind them. */
    private static final int NODES = 3;

    private static final int BROKERS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LEAST_MILLIS = 300;
    private static final int MOST_MILLIS = 1_500;
    private static final int STOPPED_MILLIS = 6_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final long seed = Seeds.first();
    private final Random random = new Random(seed);
    private final List<StoreNodeProcess> nodes = new ArrayList<>();
    private final List<KafkaProcess> brokers = new ArrayList<>();
    private final List<String> failoverMillis = new ArrayList<>();

    /** What happens to a node. */
    private enum Fault {
        WRITER_KILLED,
        BROKER_KILLED,
        WRITER_STOPPED,
        FOLLOWER_KILLED,
        OBSERVER_KILLED,
        CONNECTIONS_CUT
    }

    @Test
    void nothingThatWasAnsweredIsLostOrTwiceAndNoReadIsStale() throws Exception {
        System.out.println("killed nodes: seed " + seed);
        brokers.addAll(KafkaProcess.start(PlatformProcess.installation(), folder.resolve("kafka"), BROKERS));
        String kafka = brokers.stream().map(KafkaProcess::bootstrapServers).collect(Collectors.joining(","));
        try {
            for (int i = 0; i < NODES; i++) {
                nodes.add(StoreNodeProcess.start(kafka, folder.resolve("node" + i)));
            }
            for (int i = 0; i < OBSERVERS; i++) {
                nodes.add(StoreNodeProcess.startObserver(kafka, folder.resolve("observer" + i)));
            }
            nodes.forEach(StoreNodeProcess::awaitReady);
            run();
        } finally {
            nodes.forEach(StoreNodeProcess::close);
            brokers.forEach(KafkaProcess::close);
        }
    }

    private void run() throws Exception {
        int[] ports = nodes.stream().mapToInt(StoreNodeProcess::etcdPort).toArray();
        try (NodeClients clients = new NodeClients(ports, WATCHERS, seed)) {
            int first = random.nextInt(Fault.values().length);
            for (int round = 0; round < ROUNDS; round++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS)); // the random moment itself
                inject(Fault.values()[(first + round) % Fault.values().length], clients);
                nodes.forEach(StoreNodeProcess::awaitReady);
                clients.compact(random.nextInt(NODES));
            }
            clients.stop();
            clients.checkReads();
            for (int port : ports) {
                check(port, clients);
            }
            System.out.println("killed nodes: " + clients.answered().size() + " writes answered, " + clients.reads()
                    + " reads, " + clients.watchers().streams() + ", first write after a fault, ms: "
                    + failoverMillis);
        }
        assertThat(hashes(ports)).hasSize(1);
    }

    private void inject(Fault fault, NodeClients clients) throws Exception {
        int writer = writer();
        int other = (writer + 1) % NODES;
        StoreNodeProcess node = nodes.get(
                switch (fault) {
                    case WRITER_KILLED, WRITER_STOPPED, BROKER_KILLED -> writer;
                    case FOLLOWER_KILLED -> other;
                    case CONNECTIONS_CUT -> other;
                    case OBSERVER_KILLED -> NODES + random.nextInt(OBSERVERS);
                });
        KafkaProcess broker = brokers.get(random.nextInt(1, BROKERS));
        long began = System.nanoTime();
        switch (fault) {
            case WRITER_STOPPED -> node.pause();
            case BROKER_KILLED -> broker.kill();
            case WRITER_KILLED, FOLLOWER_KILLED, OBSERVER_KILLED -> node.kill();
            case CONNECTIONS_CUT -> clients.watchers().cut();
        }
        int survivor = fault == Fault.FOLLOWER_KILLED ? (other + 1) % NODES : other;
        int before = clients.answeredBy(survivor);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> clients.answeredBy(survivor) > before);
        failoverMillis.add(fault + " " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        switch (fault) {
            case WRITER_STOPPED -> {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(STOPPED_MILLIS)); // another one has written meanwhile
                node.resume();
            }
            case BROKER_KILLED -> broker.restart();
            case WRITER_KILLED, FOLLOWER_KILLED, OBSERVER_KILLED -> node.restart();
            case CONNECTIONS_CUT -> clients.watchers().cut(); // what was opened since
        }
    }

    /** Which node writes. */
    private int writer() throws Exception {
        for (int i = 0; i < NODES; i++) {
            try (GrpcEndpoint client = new GrpcEndpoint(nodes.get(i).etcdPort())) {
                StatusResponse status = Ask.done(client, StatusRequest.newBuilder(), StatusResponse.parser());
                if (status.getLeader() == status.getHeader().getMemberId()) {
                    return i;
                }
            }
        }
        throw new AssertionError("no node says that it writes, seed " + seed);
    }

    private void check(int port, NodeClients clients) {
        try (GrpcEndpoint client = new GrpcEndpoint(port)) {
            await().atMost(PATIENCE).until(() -> Ask.answer(client, Ask.put("end", "")) instanceof Answer.Bytes);
            RangeResponse found = Ask.done(client, Ask.range("k/", "k0"), RangeResponse.parser());
            clients.check(found);
            clients.watchers().check(found);
        }
    }

    private List<Integer> hashes(int[] ports) {
        List<Integer> all = new ArrayList<>();
        for (int port : ports) {
            try (GrpcEndpoint client = new GrpcEndpoint(port)) {
                Ask.done(client, Ask.range("end"));
                all.add(Ask.done(client, HashKVRequest.newBuilder(), HashKVResponse.parser())
                        .getHash());
            }
        }
        return all.stream().distinct().toList();
    }
}
