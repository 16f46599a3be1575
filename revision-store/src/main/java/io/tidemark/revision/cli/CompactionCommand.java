package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark compaction}: forgets old revisions. */
@Command(
        name = "compaction",
        description =
                "Makes a store with the etcd API forget what was overwritten before a revision, which itself stays"
                        + " readable.")
public final class CompactionCommand implements Callable<Integer> {
    private final Streams streams;

    @Parameters(paramLabel = "REVISION", description = "first revision that stays readable")
    private long revision;

    @Option(names = "--physical", description = "wait until the room is free")
    private boolean physical;

    /** Taken as etcdctl takes them; its answer is the same in every form. */
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli fills it
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public CompactionCommand() {
        this(Streams.ofProcess());
    }

    CompactionCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        CompactionRequest request = CompactionRequest.newBuilder()
                .setRevision(revision)
                .setPhysical(physical)
                .build();
        return Asking.run(connection, streams.out(), client -> {
            client.ask(EtcdMethods.COMPACT, request);
            streams.out().print("compacted revision " + revision + "\n");
        });
    }
}
