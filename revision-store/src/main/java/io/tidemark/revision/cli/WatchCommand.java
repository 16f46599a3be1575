package io.tidemark.revision.cli;

import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark watch}: what is written from now on, or from a revision on. */
@Command(
        name = "watch",
        description =
                "Prints what is written to a key of a store with the etcd API, or to a range of keys, until interrupted; flags and"
                        + " output are etcdctl's. Goes on by itself, without a gap, when the connection broke.",
        footer = {
            "",
            "  tidemark watch --prefix /registry/pods/shop/",
            "  tidemark watch --prefix /registry/ --rev 4711 --prev-kv -w json",
        })
public final class WatchCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "KEY",
            description = "key, or the first of a range; may be empty with --prefix")
    private String key = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "END", description = "first key after the range")
    private @Nullable String end;

    @Option(names = "--prefix", description = "all keys that begin with KEY")
    private boolean prefix;

    @Option(names = "--rev", paramLabel = "REVISION", description = "from this revision on; 0 what comes from now on")
    private long revision;

    @Option(names = "--prev-kv", description = "with what the key was before")
    private boolean previous;

    @Option(names = "--progress-notify", description = "say from time to time how far it is when nothing is written")
    private boolean progress;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "end after so many events; 0 never; default: 0")
    private long limit;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public WatchCommand() {
        this(Streams.ofProcess());
    }

    WatchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (prefix && end != null) {
            throw new CommandFailure(
                    Kind.USAGE,
                    "`range_end` and `--prefix` are mutually exclusive",
                    "leave '" + end + "' out, or the flag");
        }
        KeyText text = new KeyText(key, end, KeyText.OF_ARGUMENTS, prefix, false);
        WatchCreateRequest request = WatchCreateRequest.newBuilder()
                .setKey(text.key())
                .setRangeEnd(text.rangeEnd())
                .setStartRevision(Math.max(0, revision))
                .setPrevKv(previous)
                .setProgressNotify(progress)
                .build();
        PrintWriter err = spec.commandLine().getErr();
        KeyWatch watch = new KeyWatch(request, limit, output.printer(streams.out()), streams, err);
        return Asking.run(connection::connectPatiently, streams.out(), watch::run);
    }
}
