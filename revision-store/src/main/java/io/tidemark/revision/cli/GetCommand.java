package io.tidemark.revision.cli;

import io.tidemark.revision.cli.OutputOptions.Format;
import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark get}: keys of a store. */
@Command(
        name = "get",
        description = "Prints a key of a store with the etcd API, or a range of keys; flags and output are etcdctl's.",
        footer = {
            "",
            "A key that is not there prints nothing and is no failure.",
            "",
            "  tidemark get --prefix /registry/pods/ --keys-only --limit 5",
            "  tidemark get /registry/pods/shop/web-0 --rev 4711 -w fields",
            "  tidemark get --prefix /registry/pods/ --keys-only --at 15m",
            "  tidemark get /registry/pods/shop/web-0 --decode --print-value-only | jq .status.phase"
        })
public final class GetCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private RangeArguments what = new RangeArguments();

    @Mixin
    private AtOption at = new AtOption();

    @Option(names = "--print-value-only", description = "simple: no keys")
    private boolean valuesOnly;

    @Option(
            names = "--decode",
            description =
                    "simple: objects of Kubernetes as its API tells them, a line each; what Secrets hold is masked")
    private boolean decode;

    @Option(names = "--stream", description = "ask for a stream of pieces (RangeStream) instead of one large answer")
    private boolean stream;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public GetCommand() {
        this(Streams.ofProcess());
    }

    GetCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        RangeRequest request = what.request(KeyText.OF_ARGUMENTS);
        at.check("--rev", request.getRevision());
        if (what.isCount() && !output.is(Format.FIELDS)) {
            throw new CommandFailure(Kind.USAGE, "--count-only is only for `--write-out=fields`", "add -w fields");
        }
        checkSimple("--print-value-only", valuesOnly);
        checkSimple("--decode", decode);
        Printer printer = output.printer(streams.out(), valuesOnly);
        return Asking.run(connection, streams.out(), client -> {
            long revision = at.revision(client, request.getRevision());
            RangeResponse answer =
                    read(client, request.toBuilder().setRevision(revision).build());
            printer.range(decode ? DecodedValues.of(answer) : answer);
        });
    }

    private void checkSimple(String option, boolean given) {
        if (given && !output.is(Format.SIMPLE)) {
            throw new CommandFailure(Kind.USAGE, option + " is only for `--write-out=simple`", "leave -w out");
        }
    }

    private RangeResponse read(EtcdClient client, RangeRequest request) throws InterruptedException {
        if (!stream) {
            return client.ask(EtcdMethods.RANGE, request);
        }
        RangeResponse.Builder whole = RangeResponse.newBuilder();
        client.stream(EtcdMethods.RANGE_STREAM, request, piece -> whole.mergeFrom(piece.getRangeResponse()));
        return whole.build();
    }
}
