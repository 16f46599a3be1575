package io.tidemark.query.cli;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which time is asked about. */
final class TimeOptions {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeValue.class,
            description = "not what had ended before: 2026-11-23T08:17:47Z, 2026-11-23, or 15m (ago); UTC")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = TimeValue.class, description = "not what began after")
    private @Nullable Instant to;

    void into(Map<String, String> parameters) {
        if (from != null) {
            parameters.put("from", from.toString());
        }
        if (to != null) {
            parameters.put("to", to.toString());
        }
    }
}
