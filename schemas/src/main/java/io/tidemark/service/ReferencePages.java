package io.tidemark.service;

import io.tidemark.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reference pages as Markdown, made from the declarations themselves so that they cannot say anything else. */
public final class ReferencePages {
    private ReferencePages() {}

    /** One table of keys per part, parts in the order of the map. */
    public static String config(Map<String, ? extends List<? extends ConfigKey<?>>> parts) {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Set a key in the YAML file (nested or dotted; `tidemark.yaml` in the current folder, or `--config FILE`), as
                environment variable, or as flag `--set key=value`; the later one counts. Unknown keys are errors. Secrets are
                never shown. `tidemark config print` shows what is set and from where, `tidemark config check` what is wrong.
                """);
        parts.forEach((part, keys) -> {
            page.append("\n## ").append(part).append("\n\n");
            row(page, "Key", "Type", "Default", "Meaning", "Environment");
            row(page, "---", "---", "---", "---", "---");
            keys.forEach(key -> row(
                    page, code(key.name()), type(key), defaultOf(key), cell(key.doc()), code(key.environmentName())));
        });
        return page.toString();
    }

    /**
     * One table of metrics per part, parts in the order of the map.
     *
     * @param equations what holds between the metrics, a sentence each
     */
    public static String metrics(Map<String, ? extends List<? extends MetricSpec>> parts, List<String> equations) {
        StringBuilder page = new StringBuilder("# Metrics\n\nServed at `/metrics` in the Prometheus text format.\n");
        if (!equations.isEmpty()) {
            page.append("\nWhat holds between them:\n\n");
            equations.forEach(equation -> page.append("- ").append(equation).append('\n'));
        }
        parts.forEach((part, specs) -> {
            page.append("\n## ").append(part).append("\n\n");
            row(page, "Metric", "Type", "Tags", "Meaning");
            row(page, "---", "---", "---", "---");
            specs.forEach(spec -> row(page, code(spec.metricName()), type(spec.type()), tags(spec), cell(spec.help())));
        });
        return page.toString();
    }

    /** One table of topics. */
    public static String topics(List<? extends Topic<?, ?>> topics) {
        StringBuilder page = new StringBuilder("""
                # Topics

                Keys and values are Avro in Confluent wire format: byte 0, the schema id in four bytes, Avro binary.
                The embedded broker has no more partitions than `correlator.parallelism`, a cluster as many as here; where the number of
                a partition means something, there are as many everywhere.

                """);
        row(page, "Topic", "Key", "Value", "Partitions", "Retention", "Writer", "Readers", "A record is");
        row(page, "---", "---", "---", "---", "---", "---", "---", "---");
        topics.forEach(topic -> row(
                page,
                code(topic.name()),
                code(topic.key().schema().getName()),
                code(topic.value().schema().getName()),
                Integer.toString(topic.partitions()),
                topic.retention().map(Quantities::print).orElse("without limit"),
                topic.writer(),
                String.join(", ", topic.readers()),
                cell(topic.doc())));
        return page.toString();
    }

    private static String type(ConfigKey<?> key) {
        String type = key.allowed().isEmpty() ? key.typeName() : key.typeName() + ", " + key.allowed();
        return cell(key.isSecret() ? type + " (secret)" : type);
    }

    private static String defaultOf(ConfigKey<?> key) {
        String text = key.isSecret()
                ? "hidden"
                : key.defaultText().map(ReferencePages::quoted).orElse("must be set");
        return key.reason().isEmpty() ? text : text + ": " + cell(key.reason());
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "empty" : code(text);
    }

    private static String type(MetricSpec.Type type) {
        return switch (type) {
            case COUNTER -> "counter";
            case GAUGE -> "gauge";
            case TIMER -> "timer";
            case SUMMARY -> "summary";
        };
    }

    private static String tags(MetricSpec spec) {
        return spec.tags().stream().map(ReferencePages::tag).collect(Collectors.joining("; "));
    }

    private static String tag(MetricSpec.Tag tag) {
        String values = tag.values().isEmpty()
                ? (tag.max() == 1 ? "one value" : "at most " + tag.max() + " values, then " + MetricSpec.Tag.OTHER)
                : String.join(", ", tag.values());
        return code(tag.name()) + ": " + cell(values);
    }

    private static String code(String text) {
        return "`" + cell(text) + "`";
    }

    /** A bar would end the cell, a line break the row. */
    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
