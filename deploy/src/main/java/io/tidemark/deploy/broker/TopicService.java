package io.tidemark.deploy.broker;

import io.tidemark.service.Health;
import io.tidemark.service.Service;
import io.tidemark.topic.Topics;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics at start and keeps in mind which of them are not as wanted. */
public final class TopicService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(TopicService.class);

    private final TopicHome home;
    private volatile List<TopicProvisioner.Difference> differences = List.of();

    public TopicService(TopicHome home) {
        this.home = home;
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public void start() {
        try (TopicProvisioner provisioner = new TopicProvisioner(home)) {
            TopicProvisioner.Outcome outcome = provisioner.provision(Topics.ALL);
            if (!outcome.created().isEmpty()) {
                LOG.info("Topics made: {}", outcome.created());
            }
            outcome.differences().forEach(difference -> LOG.warn("Topic is not as wanted: {}", difference));
            differences = outcome.differences();
        }
    }

    @Override
    public Health check() {
        List<TopicProvisioner.Difference> found = differences;
        return found.isEmpty()
                ? Health.UP
                : new Health.Degraded(found.size() + " settings are not as wanted, first " + found.getFirst()
                        + "; `tidemark topics` shows all");
    }

    @Override
    public void close() {
        // holds nothing between calls
    }
}
