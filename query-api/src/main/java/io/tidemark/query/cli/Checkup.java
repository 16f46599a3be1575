package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the pages of a running Tidemark say about it, as findings with what to do about them. */
final class Checkup {
    private static final Pattern PART = Pattern.compile("\\[([+-])](\\S+) (?:ok(?:, degraded: (.*))?|failed: (.*))");
    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final double MIB = 1024.0 * 1024;
    private static final double MILLIS = 1_000;
    private static final double FREE_BAD_GIB = 0.25;
    private static final double FREE_LITTLE_GIB = 2;
    private static final long LAG_NOTABLE = 10_000;
    private static final Map<String, String> REPAIRS = Map.of(
            "kafka", "the lines of `tidemark up` say why; start it again when that is repaired",
            "topics", "`tidemark topics --check` shows every difference",
            "correlator", "it is started again by itself; logs/correlator.log in the data folder says why it ended",
            "span-projector", "it goes on by itself when Kafka and the disk allow; the lines of `tidemark up` say why",
            "audit-doors", "events are kept by their senders meanwhile; the lines of `tidemark up` say why");

    /** How good or bad something is. */
    enum Level {
        OK(Tone.GOOD),
        NOTE(Tone.WARNING),
        BAD(Tone.BAD);

        final Tone tone;

        Level(Tone tone) {
            this.tone = tone;
        }
    }

    /**
     * One thing looked at.
     *
     * @param remedy what to do; empty when nothing has to be done
     */
    record Finding(Level level, String about, String found, String remedy) {}

    private final List<Finding> findings = new ArrayList<>();

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    boolean isBad() {
        return findings.stream().anyMatch(finding -> finding.level() == Level.BAD);
    }

    /** What runs there, and whether it is what asks. */
    Checkup server(String address, Scrape scrape, String ownVersion) {
        String version = scrape.label("tidemark_build_info", "version");
        String text = address + ", tidemark " + version + ", java " + scrape.label("tidemark_build_info", "java")
                + ", up " + duration(scrape.sum("tidemark_deploy_uptime_seconds"));
        boolean same = version.equals(ownVersion);
        add(
                same ? Level.OK : Level.NOTE,
                "server",
                text + (same ? "" : "; this command is " + ownVersion),
                same ? "" : "use the same version for both");
        durability(scrape);
        return this;
    }

    private void durability(Scrape scrape) {
        if (scrape.label("tidemark_deploy_durability_info", "mode").equals("fsync")) {
            add(Level.OK, "durability", "fsync before every answer", "");
            return;
        }
        String fewest = scrape.values("tidemark_kv_log_confirming_replicas", "keyspace").stream()
                .min(Comparator.comparingDouble(keyspace -> confirming(scrape, keyspace)))
                .orElse("");
        double confirming = confirming(scrape, fewest);
        String copies = String.format(
                Locale.ROOT,
                "acks=all, %.0f of %.0f brokers before every answer",
                confirming,
                scrape.only("keyspace", fewest).sum("tidemark_kv_log_replicas").orElse(0));
        boolean enough = confirming > 1;
        add(
                enough ? Level.OK : Level.NOTE,
                "durability",
                copies,
                enough ? "" : "give tidemark.kv.transactions three replicas, and min.insync.replicas=2");
    }

    private static double confirming(Scrape scrape, String keyspace) {
        return scrape.only("keyspace", keyspace)
                .sum("tidemark_kv_log_confirming_replicas")
                .orElse(0);
    }

    /** The lines of {@code /readyz?verbose}. */
    Checkup parts(String page) {
        page.lines().map(PART::matcher).filter(Matcher::matches).forEach(this::part);
        return this;
    }

    private void part(Matcher line) {
        String part = line.group(2);
        String why = line.group(3) != null ? line.group(3) : line.group(4);
        Level level = line.group(1).equals("-") ? Level.BAD : why == null ? Level.OK : Level.NOTE;
        String remedy = level == Level.OK ? "" : REPAIRS.getOrDefault(part, "the lines of `tidemark up` say why");
        add(level, part, why == null ? "works" : why, remedy);
    }

    /** The answer of the endpoint {@code coverage}. */
    Checkup coverage(JsonNode coverage) {
        switch (coverage.path("audit").asText()) {
            case "none" ->
                add(
                        Level.NOTE,
                        "audit",
                        "no event has been received yet",
                        "docs/how-to/audit-webhook.md connects a cluster; `tidemark ingest` loads a file");
            case "idle" ->
                add(
                        Level.NOTE,
                        "audit",
                        "no event for a while, the last one at " + SpanWords.time(coverage.path("newestAcceptedAt")),
                        "look into the log of the kube-apiserver if there should be some");
            default ->
                add(
                        Level.OK,
                        "audit",
                        "events are coming in, " + SpanWords.time(coverage.path("newestAcceptedAt")),
                        "");
        }
        add(
                Level.OK,
                "coverage",
                (coverage.path("from").isTextual()
                                ? SpanWords.time(coverage.path("from")) + " to " + SpanWords.time(coverage.path("to"))
                                        + ", "
                                : "")
                        + coverage.path("spans").asLong() + " spans of "
                        + coverage.path("objects").asLong() + " objects, kept for "
                        + days(coverage.path("retention").asText()),
                "");
        if (!coverage.path("audit").asText().equals("none")) {
            coverage.path("missing")
                    .forEach(missing ->
                            add(Level.NOTE, "missing", missing.path("text").asText(), ""));
        }
        return this;
    }

    /** Counters and gauges. */
    Checkup figures(Scrape scrape) {
        long waiting = (long) (scrape.sum("tidemark_correlator_lag_records").orElse(0)
                + scrape.sum("tidemark_query_lag_records").orElse(0));
        boolean behind = waiting > LAG_NOTABLE;
        add(
                behind ? Level.NOTE : Level.OK,
                "lag",
                waiting + " records are not findable yet",
                behind ? "wait: it falls by itself, about 10,000 a second; if it does not, see the parts above" : "");
        long rejected =
                (long) scrape.sum("tidemark_ingest_rejected_events_total").orElse(0);
        add(
                rejected > 0 ? Level.NOTE : Level.OK,
                "rejects",
                rejected + " events refused since the start, "
                        + (long) scrape.sum("tidemark_ingest_accepted_events_total")
                                .orElse(0) + " accepted",
                rejected > 0 ? "the topic tidemark.audit.rejects says why; see docs/reference/bad-input.md" : "");
        long restarts =
                (long) scrape.sum("tidemark_deploy_correlator_restarts_total").orElse(0);
        if (restarts > 0) {
            add(
                    Level.NOTE,
                    "restarts",
                    "the correlator was started again " + restarts + " times",
                    "logs/correlator.log in the data folder says why it ended");
        }
        scrape.sum("tidemark_deploy_data_free_bytes").ifPresent(free -> disk(free / GIB));
        return this;
    }

    /** Each keyspace that is served there. */
    Checkup keyspaces(Scrape scrape) {
        for (String keyspace : scrape.values("tidemark_kv_applied_revision", "keyspace")) {
            Scrape own = scrape.only("keyspace", keyspace);
            long alarms = (long) own.sum("tidemark_kv_raised_alarms").orElse(0);
            add(
                    alarms > 0 ? Level.NOTE : Level.OK,
                    "keyspace",
                    keyspace + ": " + keyspace(own) + (alarms > 0 ? ", alarms raised: " + alarms : ""),
                    alarms > 0 ? "`etcdctl alarm list`; then delete, compact, defragment, `etcdctl alarm disarm`" : "");
            checkpoint(keyspace, own);
        }
        return this;
    }

    private void checkpoint(String keyspace, Scrape own) {
        long failures = (long) own.sum("tidemark_kv_checkpoint_failures_total").orElse(0);
        OptionalDouble age = own.sum("tidemark_kv_checkpoint_age_seconds");
        String newest = age.isEmpty()
                ? "none; an image that is lost is made from the whole log"
                : String.format(
                        Locale.ROOT,
                        "the newest is %s old, of revision %d, %.1f MiB",
                        duration(age),
                        (long) own.sum("tidemark_kv_checkpoint_revision").orElse(0),
                        own.sum("tidemark_kv_checkpoint_bytes").orElse(0) / MIB);
        add(
                failures > 0 ? Level.NOTE : Level.OK,
                "checkpoint",
                keyspace + ": " + newest + (failures > 0 ? "; " + failures + " failed since the start" : ""),
                failures > 0 ? "each is tried again; the lines of `tidemark up` say why it failed" : "");
    }

    private static String keyspace(Scrape own) {
        boolean writes = own.sum("tidemark_kv_writer_active").orElse(0) > 0;
        double appends = own.sum("tidemark_kv_append_seconds_count").orElse(0);
        double seconds = own.sum("tidemark_kv_append_seconds_sum").orElse(0);
        return String.format(
                        Locale.ROOT,
                        "revision %d, %.1f MiB of files, %s",
                        (long) own.sum("tidemark_kv_applied_revision").orElse(0),
                        own.sum("tidemark_kv_image_bytes").orElse(0) / MIB,
                        writes ? "written here" : "another node writes, or none does")
                + (appends > 0
                        ? String.format(Locale.ROOT, ", an append takes %.1f ms on average", seconds / appends * MILLIS)
                        : "");
    }

    private void disk(double freeGib) {
        Level level = freeGib < FREE_BAD_GIB ? Level.BAD : freeGib < FREE_LITTLE_GIB ? Level.NOTE : Level.OK;
        add(
                level,
                "disk",
                String.format(Locale.ROOT, "%.1f GiB free for the data folder", freeGib),
                level == Level.OK ? "" : "free some space; query.index.max bounds the index, topics are kept for days");
    }

    private void add(Level level, String about, String found, String remedy) {
        findings.add(new Finding(level, about, found, remedy));
    }

    private static String duration(OptionalDouble seconds) {
        Duration up = Duration.ofSeconds((long) seconds.orElse(0));
        return up.toDays() > 0
                ? up.toDays() + " d " + up.toHoursPart() + " h"
                : up.toHours() > 0 ? up.toHours() + " h " + up.toMinutesPart() + " min" : up.toMinutes() + " min";
    }

    private static String days(String iso) {
        Duration retention = Duration.parse(iso);
        return retention.toDays() > 0 ? retention.toDays() + " days" : retention.toMinutes() + " minutes";
    }
}
