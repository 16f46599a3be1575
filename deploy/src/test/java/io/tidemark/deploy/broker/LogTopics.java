package io.tidemark.deploy.broker;

import static org.awaitility.Awaitility.await;

import io.tidemark.revision.log.TransactionLog;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** A broker with topics like that of the keyspaces' logs, one for each test; the log is a partition with another number than 0. */
final class LogTopics implements AutoCloseable {
    static final int PARTITION = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedBroker broker;
    private final AtomicInteger made = new AtomicInteger();

    LogTopics(Path folder) {
        broker = new EmbeddedBroker(BrokerSettings.at(folder, 0));
        broker.start();
    }

    EmbeddedBroker broker() {
        return broker;
    }

    Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** Makes the next topic, and gives its name. */
    String next() {
        return next(Topics.KV_TRANSACTIONS);
    }

    /** The same, of a topic that is like another one. */
    String next(Topic<?, ?> like) {
        String name = "log-" + made.incrementAndGet();
        provision(name, like);
        return name;
    }

    /** Deletes the topic and makes it again; returns when logs that are opened are of the new one. */
    void makeAnew(String name, Callable<TransactionLog> opened) throws Exception {
        String before = identity(opened);
        try (Admin admin = Admin.create(client())) {
            admin.deleteTopics(List.of(name)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(name));
        }
        provision(name, Topics.KV_TRANSACTIONS);
        await().atMost(PATIENCE).until(() -> !identity(opened).equals(before));
    }

    void deleteBefore(String name, long offset) throws Exception {
        TopicPartition partition = new TopicPartition(name, PARTITION);
        try (Admin admin = Admin.create(client())) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    void set(String name, String setting, String value) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(client())) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
        }
    }

    private void provision(String name, Topic<?, ?> like) {
        List<Topic<?, ?>> topics = new ArrayList<>();
        topics.add(named(name, like));
        try (TopicProvisioner provisioner = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 1))) {
            provisioner.provision(topics);
        }
    }

    static <K extends SpecificRecord, V extends SpecificRecord> Topic<K, V> named(String name, Topic<K, V> like) {
        return new Topic<>(name, like.doc(), like.key(), like.value(), like.shape(), like.writer(), like.readers());
    }

    private static String identity(Callable<TransactionLog> opened) throws Exception {
        try (TransactionLog log = opened.call()) {
            return log.identity();
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
