package io.tidemark.deploy;

import io.tidemark.service.Config;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark store}: runs one of several nodes of the revision store until it is told to stop. */
@Command(
        name = "store",
        description =
                "Runs the etcd API alone, as one of several nodes on the Kafka cluster of kafka.bootstrap.servers.")
final class StoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() throws Exception {
        Config config = options.load();
        String kafka = config.get(DeployConfig.KAFKA);
        if (kafka.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nodes share a Kafka cluster: set " + DeployConfig.KAFKA.name()
                            + ", or run `tidemark up` for everything in one process");
        }
        StoreNode node = StoreNode.assemble(config);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "stop"));
        try {
            node.start();
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
        greet(node, kafka);
        Thread.currentThread().join();
        return ExitCode.OK;
    }

    private void greet(StoreNode node, String kafka) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Tidemark " + VersionCommand.version());
        Keyspaces.greet(out, node.keyspaces());
        out.println("  health       " + node.httpAddress() + "/readyz");
        out.println("  Kafka        " + kafka);
        out.println("  data         " + node.folder().root());
        out.flush();
    }
}
