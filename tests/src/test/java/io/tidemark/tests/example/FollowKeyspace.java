package io.tidemark.tests.example;

import io.tidemark.tests.example.KeyspaceReader.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints what is written to a keyspace, from its log. */
public final class FollowKeyspace {
    private static final String TOPIC = "tidemark.kv.transactions";

    private FollowKeyspace() {}

    /** @param arguments bootstrap servers; the keyspace's place in the configured list, 0 for the default; KvTransaction.avsc */
    public static void main(String[] arguments) throws IOException {
        TopicPartition log = new TopicPartition(TOPIC, Integer.parseInt(arguments[1]));
        KeyspaceReader reader = new KeyspaceReader(
                new Schema.Parser().parse(Path.of(arguments[2]).toFile()));
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0], "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(log)); // no group: who reads has to see all of the partition, in order
            consumer.seekToBeginning(List.of(log));
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    for (Event event : reader.read(record.value())) {
                        System.out.println(event.version().getModRevision()
                                + (event.deletion() ? " DELETE " : " PUT ")
                                + event.version().getKey().toStringUtf8());
                    }
                }
            }
        }
    }
}
