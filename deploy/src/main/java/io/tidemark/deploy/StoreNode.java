package io.tidemark.deploy;

import io.tidemark.deploy.broker.KafkaCluster;
import io.tidemark.deploy.broker.TopicHome;
import io.tidemark.deploy.broker.TopicService;
import io.tidemark.revision.KafkaLogHome;
import io.tidemark.revision.RevisionStore;
import io.tidemark.service.Config;
import io.tidemark.service.Service;
import io.tidemark.service.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The revision store alone, as one of several nodes on a Kafka cluster, and what starts in which order:
 *
 * <pre>
 *   data folder -> Kafka (is asked) -> topics -> keyspaces -> HTTP: health and metrics
 * </pre>
 */
final class StoreNode implements AutoCloseable {
    private static final int WORKERS = 2;

    private final Ground ground;
    private final List<RevisionStore> keyspaces;
    private final Services services;

    private StoreNode(Ground ground, List<RevisionStore> keyspaces, Services services) {
        this.ground = ground;
        this.keyspaces = keyspaces;
        this.services = services;
    }

    /** Takes the data folder and the ports and puts everything together; nothing runs before {@link #start}. */
    static StoreNode assemble(Config config) {
        String kafka = config.get(DeployConfig.KAFKA);
        Ground ground = Ground.take(config, WORKERS);
        List<Service> parts =
                new ArrayList<>(List.of(new KafkaCluster(kafka), new TopicService(TopicHome.cluster(kafka))));
        KafkaLogHome logs = KafkaLogHome.of(Map.of("bootstrap.servers", kafka), config);
        List<RevisionStore> keyspaces = ground.keyspaces(logs, parts);
        parts.add(ground.http());
        return new StoreNode(ground, keyspaces, ground.services(parts, ground.platformMeters(false)));
    }

    void start() {
        services.start();
    }

    List<RevisionStore> keyspaces() {
        return keyspaces;
    }

    String httpAddress() {
        return ground.http().address();
    }

    DataFolder folder() {
        return ground.folder();
    }

    @Override
    public void close() {
        services.close();
        ground.close();
    }
}
