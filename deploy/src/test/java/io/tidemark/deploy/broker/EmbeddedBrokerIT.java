package io.tidemark.deploy.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.deploy.StartFailure;
import io.tidemark.deploy.StartFailure.Kind;
import io.tidemark.service.Health;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final String TOPIC = Topics.AUDIT_EVENTS.name();

    @TempDir
    Path temp;

    @Test
    void keepsTopicsAndRecordsAcrossARestart() throws Exception {
        try (EmbeddedBroker broker = started()) {
            assertThat(broker.check()).isInstanceOf(Health.Up.class);
            try (TopicProvisioner topics = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 1))) {
                assertThat(topics.provision(Topics.ALL).created())
                        .containsExactlyInAnyOrderElementsOf(
                                Topics.ALL.stream().map(t -> t.name()).toList());
            }
            new KafkaProbe(broker.bootstrapServers(), TOPIC).write("a", 500);
        }
        try (EmbeddedBroker broker = started()) {
            try (TopicProvisioner topics = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 1))) {
                assertThat(topics.provision(Topics.ALL)).isEqualTo(new TopicProvisioner.Outcome(List.of(), List.of()));
            }
            assertThat(new KafkaProbe(broker.bootstrapServers(), TOPIC).read(500))
                    .isEqualTo(KafkaProbe.expected("a", 500));
        }
    }

    @Test
    void keepsEveryAcknowledgedRecordWhenItsProcessIsKilled() throws Exception {
        for (int round = 0; round < 3; round++) {
            Instant began = Instant.now();
            try (Child child = new Child(temp)) {
                System.out.println("round " + round + ": child JVM ready after "
                        + Duration.between(began, Instant.now()).toMillis() + " ms");
                KafkaProbe probe = new KafkaProbe(child.bootstrapServers, TOPIC);
                assertThat(probe.read(round * 200)).hasSize(round * 200);
                probe.write("r" + round + "-", 200);
            }
        }
        Instant began = Instant.now();
        try (EmbeddedBroker broker = started()) {
            System.out.println("after kill -9, in this JVM: ready after "
                    + Duration.between(began, Instant.now()).toMillis() + " ms");
            List<String> values = new KafkaProbe(broker.bootstrapServers(), TOPIC).read(600);
            assertThat(values).hasSize(600).doesNotHaveDuplicates();
        }
    }

    @Test
    void refusesATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.at(temp.resolve("kafka"), taken.getLocalPort()));
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(broker::start)
                    .withMessageContaining("port " + taken.getLocalPort())
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PORT_TAKEN));
            broker.close();
        }
    }

    @Test
    void refusesALogWithoutItsIdentity() throws IOException {
        Files.createDirectories(temp.resolve("tidemark.audit.events-0"));
        assertBrokenStart(Kind.FOLDER_CORRUPT);
    }

    @Test
    void refusesALogWhoseIdentityCannotBeRead() throws Exception {
        started().close();
        Files.writeString(temp.resolve("meta.properties"), "version=7\n");
        assertBrokenStart(Kind.BROKER_FAILED);
    }

    @Test
    void tellsHowAnExistingTopicDiffersAndLeavesItAlone() throws Exception {
        try (EmbeddedBroker broker = started();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                TopicProvisioner topics = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 2))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1).configs(Map.of("retention.ms", "1000"))))
                    .all()
                    .get();
            assertThat(topics.provision(Topics.ALL).differences())
                    .contains(
                            new TopicProvisioner.Difference(TOPIC, "partitions", "2", "1"),
                            new TopicProvisioner.Difference(
                                    TOPIC,
                                    "retention.ms",
                                    Long.toString(Topics.AUDIT_EVENTS
                                            .retention()
                                            .orElseThrow()
                                            .toMillis()),
                                    "1000"),
                            new TopicProvisioner.Difference(TOPIC, "flush.messages", "1", "9223372036854775807"))
                    .allSatisfy(difference -> assertThat(difference.topic()).isEqualTo(TOPIC));
        }
    }

    /** As nodes do that are started together. */
    @Test
    void ofTwoThatComeAtOnceOneMakesATopicAndTheOtherOneFindsIt() throws Exception {
        try (EmbeddedBroker broker = started();
                ExecutorService threads = Executors.newFixedThreadPool(2);
                TopicProvisioner one = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 2));
                TopicProvisioner other = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 2))) {
            for (int round = 0; round < 30; round++) {
                List<Topic<?, ?>> topics = List.of(LogTopics.named("round-" + round, Topics.AUDIT_EVENTS));
                Future<TopicProvisioner.Outcome> first = threads.submit(() -> one.provision(topics));
                Future<TopicProvisioner.Outcome> second = threads.submit(() -> other.provision(topics));

                List<String> created = new ArrayList<>(first.get().created());
                created.addAll(second.get().created());
                assertThat(created).containsExactly("round-" + round);
                assertThat(first.get().differences()).isEmpty();
                assertThat(second.get().differences()).isEmpty();
            }
        }
    }

    @Test
    void makesNoMorePartitionsThanThereAreTasksAndAcceptsThoseOfAnOlderFolder() throws Exception {
        try (EmbeddedBroker broker = started()) {
            provision(broker, 2, Topics.AUDIT_EVENTS);
        }
        try (EmbeddedBroker broker = started()) {
            assertThat(provision(broker, 1, Topics.AUDIT_EVENTS, Topics.AUDIT_SPANS, Topics.KV_TRANSACTIONS))
                    .isEqualTo(new TopicProvisioner.Outcome(
                            List.of(Topics.AUDIT_SPANS.name(), Topics.KV_TRANSACTIONS.name()), List.of()));
        }
        // a broker that has just started knows of every topic; one that has just made them may not yet
        try (EmbeddedBroker broker = started();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThat(partitions(admin, Topics.AUDIT_EVENTS.name())).isEqualTo(2);
            assertThat(partitions(admin, Topics.AUDIT_SPANS.name())).isEqualTo(1);
            assertThat(partitions(admin, Topics.KV_TRANSACTIONS.name())).isEqualTo(Topics.KEYSPACES_MAX);
        }
    }

    private static TopicProvisioner.Outcome provision(EmbeddedBroker broker, int tasks, Topic<?, ?>... topics) {
        try (TopicProvisioner provisioner =
                new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), tasks))) {
            return provisioner.provision(List.of(topics));
        }
    }

    private static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .partitions()
                .size();
    }

    private EmbeddedBroker started() {
        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.at(temp, 0));
        broker.start();
        return broker;
    }

    private void assertBrokenStart(Kind kind) {
        try (EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.at(temp, 0))) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(broker::start)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
        }
    }

    /** A broker in its own process; closing it is kill -9. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final String bootstrapServers;

        Child(Path folder) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            BrokerMain.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out = process.inputReader();
            String line = out.readLine();
            while (line != null && !line.startsWith("READY ")) {
                System.out.println("child: " + line);
                line = out.readLine();
            }
            assertThat(line).as("the child ended before it was ready").isNotNull();
            bootstrapServers = line.substring("READY ".length());
        }

        @Override
        public void close() {
            process.destroyForcibly();
            assertThat(process.onExit().orTimeout(30, TimeUnit.SECONDS).join().isAlive())
                    .isFalse();
        }
    }
}
