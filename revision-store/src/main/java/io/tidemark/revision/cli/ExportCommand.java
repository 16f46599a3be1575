package io.tidemark.revision.cli;

import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.transfer.KeyspaceExport;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark export}: all keys at one revision. */
@Command(
        name = "export",
        description =
                "Prints all keys of a store with the etcd API as they are at one revision, one JSON object a line.",
        footer = {
            "",
            "A line has revision, key, create_revision, mod_revision, version, lease and value. What is no UTF-8 is named",
            "key_base64 or value_base64. Keys are read in pages; writes meanwhile do not show, a compaction may end it.",
            "",
            "  tidemark export --prefix /registry/configmaps/ --rev 4711 | gzip > configmaps.jsonl.gz"
        })
public final class ExportCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "only keys that begin with it")
    private String prefix = "";

    @Option(names = "--rev", paramLabel = "REVISION", description = "as of this revision; default: the newest")
    private long revision;

    @Mixin
    private AtOption at = new AtOption();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public ExportCommand() {
        this(Streams.ofProcess());
    }

    ExportCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        at.check("--rev", revision);
        KeyText text = new KeyText(prefix, null, KeyText.OF_ARGUMENTS, true, false);
        RangeRequest.Builder keys = RangeRequest.newBuilder().setKey(text.key()).setRangeEnd(text.rangeEnd());
        return Asking.run(connection, streams.out(), client -> {
            try {
                keys.setRevision(at.revision(client, Math.max(0, revision)));
                new KeyspaceExport(client).write(keys.build(), streams.out());
            } catch (IOException e) {
                throw new CommandFailure(Kind.FAILED, "the output cannot be written: " + e.getMessage());
            }
        });
    }
}
