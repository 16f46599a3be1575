package io.tidemark.deploy;

import io.tidemark.audit.config.CorrelatorConfig;
import io.tidemark.deploy.broker.TopicHome;
import io.tidemark.deploy.broker.TopicProvisioner;
import io.tidemark.service.Config;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidemark topics}: what flows where, and how the cluster's topics differ from what is wanted. */
@Command(name = "topics", description = "Lists the topics, who writes and reads them; with --check compares a cluster.")
final class TopicsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--check", description = "compare with the topics on Kafka; exit code 1 when one differs")
    private boolean check;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Topic<?, ?> topic : Topics.ALL) {
            out.println(topic.name());
            out.println("    " + topic.doc());
            out.println("    partitions " + topic.partitions()
                    + (topic.shape().spread() ? " on a cluster, kept " : ", kept ")
                    + topic.retention().map(kept -> kept.toDays() + " days").orElse("without limit")
                    + ", written by "
                    + topic.writer() + ", read by "
                    + (topic.readers().isEmpty() ? "nobody" : String.join(", ", topic.readers())));
        }
        return check ? compare(out) : ExitCode.OK;
    }

    private int compare(PrintWriter out) {
        Config config = options.load();
        String kafka = config.get(DeployConfig.KAFKA);
        TopicHome home = kafka.isEmpty()
                ? TopicHome.embedded(
                        "127.0.0.1:" + config.get(DeployConfig.KAFKA_PORT), config.get(CorrelatorConfig.PARALLELISM))
                : TopicHome.cluster(kafka);
        try (TopicProvisioner provisioner = new TopicProvisioner(home)) {
            List<TopicProvisioner.Difference> differences = provisioner.differences(Topics.ALL);
            differences.forEach(out::println);
            out.println(differences.isEmpty() ? "all topics on " + home.bootstrapServers() + " are as wanted" : "");
            return differences.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
