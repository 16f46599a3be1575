package io.tidemark.revision.cli;

import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeRequest.SortOrder;
import io.tidemark.revision.etcd.proto.RangeRequest.SortTarget;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to read; the arguments of {@code get}, also in a transaction. */
final class RangeArguments {
    /** Values of --consistency, by their first letters. */
    enum Consistency {
        /** linearizable */
        L,
        /** serializable */
        S
    }

    /** Values of --order. */
    enum Order {
        ASCEND,
        DESCEND
    }

    /** Values of --sort-by. */
    enum Target {
        CREATE,
        KEY,
        MODIFY,
        VALUE,
        VERSION
    }

    @Parameters(index = "0", paramLabel = "KEY", description = "key, or the first of a range; may be empty with a flag")
    private String key = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "END", description = "first key after the range")
    private @Nullable String end;

    @Option(names = "--prefix", description = "all keys that begin with KEY")
    private boolean prefix;

    @Option(names = "--from-key", description = "KEY and all keys after it")
    private boolean fromKey;

    @Option(names = "--limit", paramLabel = "N", description = "most keys to answer; 0 all")
    private long limit;

    @Option(names = "--rev", paramLabel = "REVISION", description = "as of this revision; 0 the newest")
    private long revision;

    @Option(names = "--order", paramLabel = "ORDER", description = "ASCEND or DESCEND")
    private @Nullable Order order;

    @Option(names = "--sort-by", paramLabel = "WHAT", description = "CREATE, KEY, MODIFY, VALUE or VERSION")
    private @Nullable Target target;

    @Option(
            names = "--consistency",
            paramLabel = "L|S",
            description = "l: linearizable, the default; s: serializable, what the asked server has")
    private Consistency consistency = Consistency.L;

    @Option(names = "--keys-only", description = "without values")
    private boolean keysOnly;

    @Option(names = "--count-only", description = "only how many; with -w fields")
    private boolean countOnly;

    @Option(names = "--min-create-rev", paramLabel = "REVISION", description = "keys created at it or later")
    private long minCreate;

    @Option(names = "--max-create-rev", paramLabel = "REVISION", description = "keys created at it or before")
    private long maxCreate;

    @Option(names = "--min-mod-rev", paramLabel = "REVISION", description = "keys changed at it or later")
    private long minMod;

    @Option(names = "--max-mod-rev", paramLabel = "REVISION", description = "keys changed at it or before")
    private long maxMod;

    boolean isCount() {
        return countOnly;
    }

    RangeRequest request(Charset charset) {
        if (keysOnly && countOnly) {
            throw new CommandFailure(
                    Kind.USAGE,
                    "`--keys-only` and `--count-only` cannot be set at the same time, choose one",
                    "leave one out");
        }
        inOrder("create", minCreate, maxCreate);
        inOrder("mod", minMod, maxMod);
        KeyText text = new KeyText(key, end, charset, prefix, fromKey);
        return RangeRequest.newBuilder()
                .setKey(text.key())
                .setRangeEnd(text.rangeEnd())
                .setLimit(limit)
                .setRevision(Math.max(0, revision))
                .setSortTarget(sortTarget())
                .setSortOrder(sortOrder())
                .setSerializable(consistency == Consistency.S)
                .setKeysOnly(keysOnly)
                .setCountOnly(countOnly)
                .setMinCreateRevision(Math.max(0, minCreate))
                .setMaxCreateRevision(Math.max(0, maxCreate))
                .setMinModRevision(Math.max(0, minMod))
                .setMaxModRevision(Math.max(0, maxMod))
                .build();
    }

    private static void inOrder(String what, long min, long max) {
        if (max > 0 && min > max) {
            throw new CommandFailure(
                    Kind.USAGE,
                    "--min-" + what + "-rev " + min + " is above --max-" + what + "-rev " + max,
                    "no key can be in both bounds");
        }
    }

    private SortTarget sortTarget() {
        return switch (target) {
            case null -> SortTarget.KEY;
            case KEY -> SortTarget.KEY;
            case CREATE -> SortTarget.CREATE;
            case MODIFY -> SortTarget.MOD;
            case VALUE -> SortTarget.VALUE;
            case VERSION -> SortTarget.VERSION;
        };
    }

    /** Keys ascend by themselves: asked for, the server would read all before it looks at the limit. */
    private SortOrder sortOrder() {
        return switch (order) {
            case null -> SortOrder.NONE;
            case ASCEND -> sortTarget() == SortTarget.KEY ? SortOrder.NONE : SortOrder.ASCEND;
            case DESCEND -> SortOrder.DESCEND;
        };
    }
}
