package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidemark del}: deletes keys. */
@Command(
        name = "del",
        description = "Deletes a key of a store with the etcd API, or a range of keys, and prints how many; flags and"
                + " output are etcdctl's.")
public final class DeleteCommand implements Callable<Integer> {
    private static final Duration TO_THINK_AGAIN = Duration.ofSeconds(2);

    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DeleteArguments what = new DeleteArguments();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public DeleteCommand() {
        this(Streams.ofProcess());
    }

    DeleteCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        DeleteRangeRequest request = what.request(KeyText.OF_ARGUMENTS);
        if (!what.warning().isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("tidemark: " + what.warning());
            err.println("  -> Ctrl-C keeps them; --range does not wait");
            err.flush();
            Thread.sleep(TO_THINK_AGAIN);
        }
        Printer printer = output.printer(streams.out());
        return Asking.run(
                connection, streams.out(), client -> printer.delete(client.ask(EtcdMethods.DELETE_RANGE, request)));
    }
}
