package io.tidemark.deploy.broker;

import io.tidemark.topic.Topics;
import java.nio.file.Path;

/** A process with nothing but a broker in it, for tests that kill it. Arguments: folder. Prints its address when ready. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = new EmbeddedBroker(BrokerSettings.at(Path.of(args[0]), 0));
        broker.start();
        try (TopicProvisioner topics = new TopicProvisioner(TopicHome.embedded(broker.bootstrapServers(), 1))) {
            topics.provision(Topics.ALL);
        }
        System.out.println("READY " + broker.bootstrapServers());
        System.out.flush();
        while (System.in.read() >= 0) {
            // ends with its parent
        }
        broker.close();
        System.exit(0);
    }
}
