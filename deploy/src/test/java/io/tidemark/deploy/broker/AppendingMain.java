package io.tidemark.deploy.broker;

import io.tidemark.revision.log.KafkaLog;
import io.tidemark.revision.log.KafkaLogSettings;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.log.LogTruncatedException;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;

/**
 * A process that appends groups to a keyspace's log until it is killed, and prints the offset and the texts of each group
 * that was answered, and each record that it has read. Arguments: folder, a number that no other process of the folder has, "embedded" or "kafka".
 */
final class AppendingMain {
    private static final int PARTITION = 1;

    private AppendingMain() {}

    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.at(Path.of(args[0]), 0));
        broker.start();
        try (TopicProvisioner topics = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 1))) {
            topics.provision(List.of(Topics.KV_TRANSACTIONS));
        }
        TransactionLog log = args[2].equals("embedded") ? inProcess(broker) : network(broker);
        long from = log.end();
        Thread.ofPlatform().name("reader").start(() -> read(log, from));
        append(log, args[1]);
    }

    private static void read(TransactionLog log, long from) {
        long next = from;
        try {
            while (true) {
                for (LogRecord record : log.read(next, 1 << 16, Duration.ofSeconds(30))) {
                    String text = new String(record.value(), StandardCharsets.UTF_8);
                    System.out.println("SEEN " + record.offset() + " " + text + " END");
                    next = record.offset() + 1;
                }
            }
        } catch (LogTruncatedException | LogUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    static TransactionLog inProcess(EmbeddedBroker broker) throws Exception {
        return broker.log(Topics.KV_TRANSACTIONS.name(), PARTITION, new LogEntryCodec("shop").key());
    }

    static TransactionLog network(EmbeddedBroker broker) throws Exception {
        return KafkaLog.open(
                KafkaLogSettings.of(Map.of("bootstrap.servers", broker.bootstrapServers())),
                new TopicPartition(Topics.KV_TRANSACTIONS.name(), PARTITION),
                new LogEntryCodec("shop"));
    }

    private static void append(TransactionLog log, String name) throws Exception {
        Random random = new Random(name.hashCode());
        for (int group = 0; ; group++) {
            List<byte[]> values = new ArrayList<>();
            StringBuilder texts = new StringBuilder();
            int size = 1 + random.nextInt(40);
            for (int i = 0; i < size; i++) {
                String text = name + "-" + group + "-" + i + "/" + size;
                values.add(text.getBytes(StandardCharsets.UTF_8));
                texts.append(' ').append(text);
            }
            System.out.println("DONE " + log.append(values) + texts + " END");
            System.out.flush();
        }
    }
}
