package io.tidemark.deploy.broker;

import io.tidemark.deploy.StartFailure;
import io.tidemark.deploy.StartFailure.Kind;
import io.tidemark.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Brings the topics of {@link io.tidemark.topic.Topics} into being, on the embedded broker or on a cluster of the user.
 * What is missing is made; what is there is never changed, only compared: a cluster's owner may have had reasons.
 */
public final class TopicProvisioner implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private static final Long UNLIMITED = -1L;

    private final Admin admin;
    private final TopicHome home;

    public TopicProvisioner(TopicHome home) {
        this.home = home;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                home.bootstrapServers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "tidemark-topics",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString((int) DEADLINE.toMillis())));
    }

    /** Something about an existing topic that is not as Tidemark would have made it. */
    public record Difference(String topic, String setting, String wanted, String found) {
        @Override
        public String toString() {
            return topic + ": " + setting + " is " + found + ", " + wanted + " is wanted";
        }
    }

    /** What was done and what was found. */
    public record Outcome(List<String> created, List<Difference> differences) {}

    /** Makes what is missing and compares the rest. */
    public Outcome provision(Collection<Topic<?, ?>> topics) {
        List<String> created = create(topics.stream().filter(missing()).toList());
        describe(created); // whoever opens them next must find them
        // what was just made is as wanted
        List<Topic<?, ?>> older =
                topics.stream().filter(topic -> !created.contains(topic.name())).toList();
        return new Outcome(created, compare(older));
    }

    /** Topics that are there and not as wanted, without changing anything; missing ones count as a difference. */
    public List<Difference> differences(Collection<Topic<?, ?>> topics) {
        Set<String> existing = existing();
        List<Difference> found = new ArrayList<>();
        topics.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .forEach(topic -> found.add(new Difference(topic.name(), "topic", "present", "absent")));
        List<Topic<?, ?>> present = new ArrayList<>(topics);
        present.removeIf(topic -> !existing.contains(topic.name()));
        found.addAll(compare(present));
        return List.copyOf(found);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private Predicate<Topic<?, ?>> missing() {
        Set<String> existing = existing();
        return topic -> !existing.contains(topic.name());
    }

    private List<String> create(List<Topic<?, ?>> topics) {
        Map<String, KafkaFuture<Void>> results =
                admin.createTopics(topics.stream().map(this::newTopic).toList()).values();
        List<String> created = new ArrayList<>();
        results.forEach((name, result) -> {
            if (createdByUs(name, result)) {
                created.add(name);
            }
        });
        created.sort(null);
        return created;
    }

    private boolean createdByUs(String name, KafkaFuture<Void> result) {
        try {
            result.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new StartFailure(
                    Kind.TOPIC_UNUSABLE,
                    "the topic " + name + " cannot be made on " + home.bootstrapServers() + ": " + e.getMessage(),
                    "allow this user to create topics, or make it beforehand (`tidemark topics` prints how)",
                    e);
        } catch (TimeoutException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Set<String> existing() {
        return await(() -> admin.listTopics().names());
    }

    private Map<String, TopicDescription> describe(List<String> names) {
        return await(() -> admin.describeTopics(names).allTopicNames());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private NewTopic newTopic(Topic<?, ?> topic) {
        Optional<Short> copies = home.embedded() ? Optional.of((short) 1) : Optional.empty();
        return new NewTopic(topic.name(), Optional.of(home.partitions(topic)), copies).configs(wantedConfig(topic));
    }

    /** The settings that carry a promise of Tidemark; everything else stays as the cluster has it. */
    private Map<String, String> wantedConfig(Topic<?, ?> topic) {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put("cleanup.policy", "delete");
        wanted.put("compression.type", "producer");
        wanted.put("message.timestamp.type", "LogAppendTime");
        wanted.put(
                "retention.ms",
                topic.retention().map(Duration::toMillis).orElse(UNLIMITED).toString());
        if (topic.retention().isEmpty()) {
            wanted.put("retention.bytes", UNLIMITED.toString());
        }
        wanted.putAll(topic.shape().settings());
        if (home.embedded()) {
            wanted.put("flush.messages", "1");
        }
        return wanted;
    }

    private List<Difference> compare(List<Topic<?, ?>> present) {
        List<String> names = present.stream().map(Topic::name).toList();
        List<ConfigResource> resources = names.stream()
                .map(n -> new ConfigResource(ConfigResource.Type.TOPIC, n))
                .toList();
        Map<String, TopicDescription> shapes = describe(names);
        Map<String, Config> configs = await(
                        () -> admin.describeConfigs(resources).all())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue));
        List<Difference> found = new ArrayList<>();
        for (Topic<?, ?> topic : present) {
            int wanted = home.partitions(topic);
            int partitions = require(shapes, topic).partitions().size();
            if (partitions < wanted) { // more than wanted read as well
                note(found, topic.name(), "partitions", Integer.toString(wanted), Integer.toString(partitions));
            }
            Config config = require(configs, topic);
            wantedConfig(topic).forEach((k, v) -> note(found, topic.name(), k, v, value(config, k)));
        }
        return found;
    }

    private static void note(List<Difference> found, String topic, String setting, String wanted, String actual) {
        if (!wanted.equals(actual)) {
            found.add(new Difference(topic, setting, wanted, actual));
        }
    }

    private static <V> V require(Map<String, V> answers, Topic<?, ?> topic) {
        return Objects.requireNonNull(answers.get(topic.name()), topic.name());
    }

    private static String value(Config config, String setting) {
        ConfigEntry entry = config.get(setting);
        return entry == null || entry.value() == null ? "unset" : entry.value();
    }

    /**
     * Asks until the broker that is asked knows the topics that are asked for: they were made a moment ago, by this node or by
     * another one that starts beside it, and not each broker knows of that at once.
     */
    private <V> V await(Supplier<KafkaFuture<V>> question) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                return question.get().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unreachable(e);
                }
                if (System.nanoTime() - end >= 0) {
                    throw unknown(e);
                }
                pause();
            } catch (TimeoutException e) {
                throw unreachable(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private StartFailure unknown(Exception cause) {
        return new StartFailure(
                Kind.TOPIC_UNUSABLE,
                "topics that are there are not known to the brokers of " + home.bootstrapServers() + " after "
                        + DEADLINE.toSeconds() + " s",
                "look at the brokers' logs, and start again",
                cause);
    }

    private StartFailure unreachable(Exception cause) {
        String why = cause.getCause() == null ? null : cause.getCause().getMessage();
        return new StartFailure(
                Kind.KAFKA_UNREACHABLE,
                "the Kafka cluster at " + home.bootstrapServers() + " does not answer"
                        + (why == null ? "" : ": " + why),
                "check kafka.bootstrap.servers and that the cluster runs; leave it unset to use the embedded broker",
                cause);
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while asking Kafka for its topics", cause);
    }
}
