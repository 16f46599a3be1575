package io.tidemark.deploy.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * What can be chosen about the embedded broker.
 *
 * @param folder where its log lies
 * @param host address to listen on, and the one told to clients
 * @param port port to listen on, 0 for any free one
 * @param sessionTimeout how long the broker may be silent before its own controller takes its partitions away; long,
 *     because here silence means a starved machine and nobody else could take over (docs/adr/0003)
 * @param maxRecordBytes largest batch a topic accepts
 */
public record BrokerSettings(Path folder, String host, int port, Duration sessionTimeout, int maxRecordBytes) {
    static final int NODE_ID = 1;
    static final String CLIENT_LISTENER = "CLIENT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** Kafka's own limit on how long an open transaction may hide records; Flink's sinks ask for up to this. */
    private static final long MAX_TRANSACTION_MILLIS = 900_000;

    public static BrokerSettings at(Path folder, int port) {
        return new BrokerSettings(folder, "127.0.0.1", port, Duration.ofSeconds(18), 16 * 1024 * 1024);
    }

    public BrokerSettings withSessionTimeout(Duration timeout) {
        return new BrokerSettings(folder, host, port, timeout, maxRecordBytes);
    }

    /** All a broker and controller of one node need, sized for a process that also does other work. */
    Properties properties(int clientPort, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", text(NODE_ID));
        p.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
        p.put("controller.listener.names", CONTROLLER_LISTENER);
        p.put("inter.broker.listener.name", CLIENT_LISTENER);
        p.put("listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        p.put(
                "listeners",
                CLIENT_LISTENER + "://" + host + ":" + clientPort + "," + CONTROLLER_LISTENER + "://" + host + ":"
                        + controllerPort);
        p.put("log.dirs", folder.toString());
        p.put("broker.session.timeout.ms", text(sessionTimeout.toMillis()));
        p.put("transaction.max.timeout.ms", text(MAX_TRANSACTION_MILLIS));
        p.put("message.max.bytes", text(maxRecordBytes));
        p.put("auto.create.topics.enable", "false");
        oneNode(p);
        small(p);
        return p;
    }

    /** Internal topics cannot have more copies than there are nodes, and nobody needs to be waited for. */
    private static void oneNode(Properties p) {
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "2");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "2");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("add.partitions.to.txn.retry.backoff.ms", "1");
    }

    private static void small(Properties p) {
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("background.threads", "2");
        p.put("num.recovery.threads.per.data.dir", "2");
        p.put("log.cleaner.dedupe.buffer.size", text(8 * 1024 * 1024));
        p.put("log.segment.bytes", text(256 * 1024 * 1024));
        // a flush of a log also flushes its indexes when they have a new entry, so entries are made rarely
        p.put("log.index.interval.bytes", text(256 * 1024));
        p.put("metric.reporters", "");
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
