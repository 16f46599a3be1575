package io.tidemark.revision.cli;

import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to delete; the arguments of {@code del}, also in a transaction. */
final class DeleteArguments {
    @Parameters(index = "0", paramLabel = "KEY", description = "key, or the first of a range; may be empty with a flag")
    private String key = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "END", description = "first key after the range")
    private @Nullable String end;

    @Option(names = "--prefix", description = "all keys that begin with KEY")
    private boolean prefix;

    @Option(names = "--from-key", description = "KEY and all keys after it")
    private boolean fromKey;

    @Option(names = "--prev-kv", description = "print what was deleted, too")
    private boolean previous;

    @Option(names = "--range", description = "with END: delete at once, not after a warning and two seconds")
    private boolean atOnce;

    /** What should be said before a range goes; empty: nothing. */
    String warning() {
        return end == null || atOnce ? "" : "the keys from '" + key + "' to '" + end + "' will be deleted in 2 seconds";
    }

    DeleteRangeRequest request(Charset charset) {
        KeyText text = new KeyText(key, end, charset, prefix, fromKey);
        return DeleteRangeRequest.newBuilder()
                .setKey(text.key())
                .setRangeEnd(text.rangeEnd())
                .setPrevKv(previous)
                .build();
    }
}
