package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.config.CorrelatorConfig;
import io.tidemark.audit.metric.CorrelatorMetric;
import io.tidemark.ingest.door.IngestConfig;
import io.tidemark.ingest.door.IngestMetric;
import io.tidemark.query.QueryConfig;
import io.tidemark.query.QueryMetric;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionMetric;
import io.tidemark.revision.etcd.EtcdMetric;
import io.tidemark.service.ConfigKey;
import io.tidemark.service.MetricSpec;
import io.tidemark.service.ReferencePages;
import io.tidemark.topic.RegistryConfig;
import io.tidemark.topic.Topics;
import io.tidemark.watch.WatchConfig;
import io.tidemark.watch.WatchMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The pages of docs/reference that are made from declarations say what the declarations say. */
class ReferenceDocsTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");
    private static final int WIDTH = 100;

    /** In the order in which an event meets them. */
    private static final List<String> EQUATIONS = List.of(
            "Events that came in = `tidemark_ingest_accepted_events_total` + `tidemark_ingest_rejected_events_total`, once"
                    + " for every time that a client sent them.",
            "Over all doors, `tidemark_ingest_accepted_events_total` = the sum of `tidemark_correlator_events_total` over"
                    + " its scopes + `tidemark_correlator_lag_records`, from an empty log on; after a restart of either"
                    + " process the right side counts what it read again, too.",
            "`tidemark_correlator_facts_total{kind=\"request\"}` ="
                    + " `tidemark_correlator_events_total{scope=\"request\"}`: reads, leases and reviews end there.",
            "`tidemark_correlator_facts_total` = facts related to others + `tidemark_correlator_duplicate_facts_total` +"
                    + " `tidemark_correlator_late_facts_total`.",
            "The sum of `tidemark_correlator_request_spans_total` over its effects ="
                    + " `tidemark_correlator_spans_total{kind=\"request\"}`.",
            "The sum of `tidemark_correlator_spans_total` over its kinds = `tidemark_query_spans_total` +"
                    + " `tidemark_query_lag_records`, from an empty log on; after a restart the left or the right side counts"
                    + " what it did again, too.");

    static Map<String, List<ConfigKey<?>>> configParts() {
        Map<String, List<ConfigKey<?>>> parts = new LinkedHashMap<>();
        parts.put("The process", DeployConfig.KEYS);
        parts.put("Schema registry", RegistryConfig.KEYS);
        parts.put("Audit doors", IngestConfig.KEYS);
        parts.put("Correlator", CorrelatorConfig.TUNING);
        parts.put("Query side", QueryConfig.KEYS);
        parts.put("Revision store", RevisionConfig.KEYS);
        parts.put("Watching", WatchConfig.KEYS);
        return parts;
    }

    private static Map<String, List<MetricSpec>> metricParts() {
        Map<String, List<MetricSpec>> parts = new LinkedHashMap<>();
        parts.put("The process", List.of(DeployMetric.values()));
        parts.put("Audit doors", List.of(IngestMetric.values()));
        parts.put("Correlator", List.of(CorrelatorMetric.values()));
        parts.put("Query side", List.of(QueryMetric.values()));
        parts.put("Revision store", List.of(RevisionMetric.values()));
        parts.put("Watching", List.of(WatchMetric.values()));
        parts.put("etcd's names, on the etcd ports", List.of(EtcdMetric.values()));
        return parts;
    }

    private static String page(String name) {
        return switch (name) {
            case "config.md" -> ReferencePages.config(configParts());
            case "metrics.md" -> ReferencePages.metrics(metricParts(), EQUATIONS);
            case "topics.md" -> ReferencePages.topics(Topics.ALL);
            case "cli.md" -> commands();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String commands() {
        StringBuilder page = new StringBuilder("# Command line\n\nThe help of every command, as `--help` prints it.\n");
        commands(TidemarkMain.commandLine(), page);
        return page.toString();
    }

    private static void commands(CommandLine command, StringBuilder page) {
        command.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH);
        page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
        command.getUsageMessage(Ansi.OFF)
                .lines()
                .forEach(line -> page.append(line.stripTrailing()).append('\n'));
        page.append("```\n");
        command.getSubcommands().values().stream()
                .filter(subcommand -> !subcommand.getCommandName().equals("help"))
                .forEach(subcommand -> commands(subcommand, page));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.md", "metrics.md", "topics.md", "cli.md"})
    void isNotStale(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        if (Boolean.getBoolean("tidemark.docs.refresh")) {
            Files.writeString(file, page(name));
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("docs/reference/%s is not what the declarations say; docs/reference/refresh writes it anew", name)
                .isEqualTo(page(name));
    }

    @Test
    void everySettingOfTheProcessIsOnThePage() {
        assertThat(configParts().values().stream().flatMap(List::stream)).hasSameElementsAs(ConfigOptions.keys());
    }
}
