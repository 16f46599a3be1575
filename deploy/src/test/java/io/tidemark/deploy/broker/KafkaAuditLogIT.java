package io.tidemark.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.door.AppendFailedException;
import io.tidemark.ingest.door.AuditLog;
import io.tidemark.ingest.door.DoorLimits;
import io.tidemark.ingest.door.KafkaAuditLog;
import io.tidemark.ingest.door.LogBatch;
import io.tidemark.ingest.door.OverloadedException;
import io.tidemark.schema.audit.AuditDoor;
import io.tidemark.schema.audit.AuditEvent;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.AuditStage;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.RejectDoor;
import io.tidemark.topic.Serdes;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doors' log on a real broker. */
class KafkaAuditLogIT {
    private static final int IN_FLIGHT_BYTES = 8 << 20;

    @TempDir
    Path temp;

    private EmbeddedBroker broker;
    private AuditLog log;

    @BeforeEach
    void start() {
        broker = new EmbeddedBroker(BrokerSettings.at(temp.resolve("kafka"), 0));
        broker.start();
        try (TopicProvisioner topics = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 1))) {
            topics.provision(Topics.ALL);
        }
        AuditLimits audit = new AuditLimits(4 << 20, 10_000, 200, Duration.ofHours(24), Duration.ofMinutes(5));
        log = new KafkaAuditLog(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "delivery.timeout.ms",
                        3_000,
                        "request.timeout.ms",
                        1_000,
                        "max.block.ms",
                        1_000),
                new DoorLimits(audit, 1 << 20, Duration.ofSeconds(30), IN_FLIGHT_BYTES, IN_FLIGHT_BYTES, 1, 1));
    }

    @AfterEach
    void stop() {
        log.close();
        broker.close();
    }

    @Test
    void answersAfterEveryRecordIsOnTheTopicWithItsKey() throws Exception {
        List<LogBatch.Entry> events = IntStream.range(0, 1_000)
                .mapToObj(i -> entry("p" + i, new byte[100]))
                .toList();
        assertThat(log.append(new LogBatch(events, List.of(reject()))).get(20, TimeUnit.SECONDS))
                .isZero();
        assertThat(values(Topics.AUDIT_EVENTS))
                .map(Serdes.AUDIT_EVENT::decode)
                .containsExactlyInAnyOrderElementsOf(
                        events.stream().map(LogBatch.Entry::event).toList());
        assertThat(values(Topics.AUDIT_REJECTS))
                .map(Serdes.AUDIT_REJECT::decode)
                .containsExactly(reject());
    }

    @Test
    void putsAnEventThatTheTopicFindsTooLargeAmongTheRejectsAndKeepsItsNeighbours() throws Exception {
        limitRecords("1000000");
        byte[] random = new byte[2 << 20]; // does not compress below the topic's limit
        new Random(1).nextBytes(random);
        LogBatch batch = new LogBatch(List.of(entry("a", new byte[10]), entry("b", random)), List.of());
        assertThat(log.append(batch).get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(values(Topics.AUDIT_EVENTS)).hasSize(1);
        assertThat(values(Topics.AUDIT_REJECTS))
                .singleElement()
                .extracting(value -> Serdes.AUDIT_REJECT.decode(value).getReason())
                .isEqualTo("TOO_LARGE");
    }

    @Test
    void refusesWhatIsMoreThanMayBeOnItsWay() {
        List<LogBatch.Entry> events = IntStream.range(0, 9)
                .mapToObj(i -> entry("p", new byte[1 << 20]))
                .toList();
        assertThatThrownBy(() -> log.append(new LogBatch(events, List.of())).get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(OverloadedException.class);
    }

    @Test
    void failsWhenTheBrokerIsGone() {
        broker.close();
        LogBatch batch = new LogBatch(List.of(entry("a", new byte[10])), List.of());
        assertThatThrownBy(() -> log.append(batch).get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(AppendFailedException.class)
                .hasMessageContaining("1 of 1 records were not confirmed");
    }

    private void limitRecords(String bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.AUDIT_EVENTS.name());
        AlterConfigOp limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(limit))).all().get(10, TimeUnit.SECONDS);
        }
    }

    private static LogBatch.Entry entry(String name, byte[] event) {
        Instant time = Instant.parse("2026-11-23T08:17:47.079384Z");
        return new LogBatch.Entry(
                new ObjectKey("shop", "", "pods", "default", name),
                new AuditEvent(
                        "shop",
                        "id-" + name,
                        AuditStage.RESPONSE_COMPLETE,
                        "create",
                        "",
                        time,
                        time,
                        time,
                        AuditDoor.WEBHOOK,
                        ByteBuffer.wrap(event)));
    }

    private static AuditReject reject() {
        return new AuditReject(
                "shop", null, RejectDoor.WEBHOOK, "MISSING_FIELD", "stage: expected", "items[1]", 10, Instant.EPOCH);
    }

    private List<byte[]> values(Topic<?, ?> topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            List<byte[]> values = new ArrayList<>();
            while (values.size() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
