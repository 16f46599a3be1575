package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.PutRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark put}: writes a key. */
@Command(
        name = "put",
        description = "Writes a key of a store with the etcd API; flags and output are etcdctl's.",
        footer = {
            "",
            "A value that begins with - comes after --.",
            "",
            "  tidemark put greeting hello --prev-kv",
            "  tidemark put config/web < web.yaml"
        })
public final class PutCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private PutArguments what = new PutArguments();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public PutCommand() {
        this(Streams.ofProcess());
    }

    PutCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        PutRequest request = what.request(KeyText.OF_ARGUMENTS, streams.in());
        Printer printer = output.printer(streams.out());
        return Asking.run(connection, streams.out(), client -> printer.put(client.ask(EtcdMethods.PUT, request)));
    }
}
