package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.TxnRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark txn}: several requests at one revision. */
@Command(
        name = "txn",
        description = "Reads a transaction from the standard input, as etcdctl does, and prints which requests ran and"
                + " what they answered.",
        footer = {
            "",
            "Three parts, each ended by an empty line: conditions, requests when all of them hold, requests when not.",
            "A condition compares value, mod, create, version or lease of a key by =, !=, < or >.",
            "",
            "  tidemark txn <<'.'",
            "  mod(\"greeting\") > \"0\"",
            "",
            "  put greeting \"hello again\"",
            "",
            "  put greeting hello",
            "  get greeting",
            "",
            "  ."
        })
public final class TxnCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public TxnCommand() {
        this(Streams.ofProcess());
    }

    TxnCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        TxnRequest request = TxnText.read(streams.in());
        Printer printer = output.printer(streams.out());
        return Asking.run(connection, streams.out(), client -> printer.txn(client.ask(EtcdMethods.TXN, request)));
    }
}
