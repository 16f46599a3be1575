package io.tidemark.revision.election;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer group whose members are the nodes of a keyspace, as Kafka sees it. */
final class Group implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Group.class);
    private static final long ANSWER_SECONDS = 6;

    private final ElectionSettings settings;
    private final Admin admin;

    Group(ElectionSettings settings) {
        this.settings = settings;
        this.admin = Admin.create(settings.admin());
    }

    /** The nodes, by their addresses; none when Kafka does not tell. */
    List<String> nodes() {
        return members().stream().map(MemberDescription::clientId).toList();
    }

    /** Takes out a node; whether it was in. */
    boolean remove(String node) {
        Optional<String> instance = members().stream()
                .filter(member -> member.clientId().equals(node))
                .findFirst()
                .flatMap(MemberDescription::groupInstanceId);
        return instance.map(id -> new RemoveMembersFromConsumerGroupOptions(List.of(new MemberToRemove(id))))
                .flatMap(options -> answer(admin.removeMembersFromConsumerGroup(settings.group(), options)
                        .all()
                        .thenApply(nothing -> true)))
                .orElse(false);
    }

    private Collection<MemberDescription> members() {
        var groups = admin.describeConsumerGroups(List.of(settings.group())).describedGroups();
        return answer(Objects.requireNonNull(groups.get(settings.group())))
                .map(ConsumerGroupDescription::members)
                .orElse(List.of());
    }

    /** Nothing when there is none, or none in time. */
    private static <V> Optional<V> answer(KafkaFuture<V> future) {
        try {
            return Optional.of(future.get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("Kafka does not answer about the group of a keyspace", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        admin.close();
    }
}
