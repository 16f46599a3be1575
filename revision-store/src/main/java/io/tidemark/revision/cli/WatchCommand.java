package io.tidemark.revision.cli;

import io.tidemark.revision.cli.OutputOptions.Format;
import io.tidemark.revision.client.ClientSettings.Login;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
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
            "",
            "--resource, --selector, --filter, --since, --diff and --keyspace ask the HTTP port, which knows objects of Kubernetes:",
            "",
            "  tidemark watch --resource deployments.apps -n shop --diff --since 15m",
            "  tidemark watch --resource pods -l app=web --since oldest -w json | jq .data.revision",
            "  tidemark watch --resource pods --filter \"object.status.phase == 'Failed'\""
        })
public final class WatchCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KEY",
            description = "key, or the first of a range; may be empty with --prefix")
    private @Nullable String key;

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
    private TopicOptions topic = new TopicOptions();

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
        PrintWriter err = spec.commandLine().getErr();
        if (topic.isMeant()) {
            overHttp(err);
            return 0;
        }
        if (key == null) {
            throw new CommandFailure(
                    Kind.USAGE, "a key is missing", "name one, or a prefix: tidemark watch --prefix ''");
        }
        KeyText text = new KeyText(key, end, KeyText.OF_ARGUMENTS, prefix, false);
        WatchCreateRequest request = WatchCreateRequest.newBuilder()
                .setKey(text.key())
                .setRangeEnd(text.rangeEnd())
                .setStartRevision(Math.max(0, revision))
                .setPrevKv(previous)
                .setProgressNotify(progress)
                .build();
        KeyWatch watch = new KeyWatch(request, limit, output.printer(streams.out()), streams, err);
        return Asking.run(connection::connectPatiently, streams.out(), watch::run);
    }

    private void overHttp(PrintWriter err) throws InterruptedException {
        if (end != null || key != null && topic.isOfObjects() || output.is(Format.FIELDS) || progress) {
            throw new CommandFailure(
                    Kind.USAGE,
                    "the HTTP port takes one KEY or --resource, and prints simple or json",
                    "leave END, KEY, -w fields or --progress-notify out");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (key != null) {
            parameters.put(prefix ? "prefix" : "key", key);
        }
        if (revision > 0) {
            parameters.put("since", String.valueOf(revision));
        }
        if (previous) {
            parameters.put("prev", "true");
        }
        Map<String, String> headers = connection
                .login()
                .map(login -> Map.of("Authorization", "Basic " + basic(login)))
                .orElse(Map.of());
        try (HttpClient http = topic.client(connection.ca())) {
            TopicPrinter printer = new TopicPrinter(streams.out(), output.is(Format.JSON), limit);
            new TopicWatch(http, topic.address(parameters), headers, printer, err).run();
            http.shutdownNow();
        } finally {
            streams.out().flush();
        }
    }

    private static String basic(Login login) {
        String both = login.name() + ":" + login.password();
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}
