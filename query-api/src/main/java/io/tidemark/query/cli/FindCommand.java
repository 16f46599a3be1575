package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.cli.Table.Cell;
import io.tidemark.query.cli.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark find}: objects by fragments of what is known of them. */
@Command(
        name = "find",
        description = "Finds objects, deleted ones too, by fragments of name, kind, namespace, uid or label;"
                + " small typos are forgiven.",
        footer = {"", "  tidemark find chekout deploy"})
public final class FindCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            Column.wide("CLUSTER", 12),
            Column.of("NAMESPACE", 12),
            Column.of("OBJECT", 40),
            Column.of("CREATED (UTC)", 23),
            Column.of("DELETED (UTC)", 23),
            Column.of("LAST ACTIVITY (UTC)", 23),
            Column.wide("UID", 36));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Parameters(arity = "0..*", paramLabel = "WORD", description = "fragments; an object must have all of them")
    private List<String> words = List.of();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "a namespace; - for cluster-scoped objects")
    private @Nullable String namespace;

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "CLUSTER",
            description = "name of a cluster")
    private @Nullable String cluster;

    @Mixin
    private TimeOptions time = new TimeOptions();

    @Mixin
    private LimitOptions limit = new LimitOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ApiClient api = server.connect()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            put(parameters, "q", words.isEmpty() ? null : String.join(" ", words));
            put(parameters, "namespace", namespace);
            put(parameters, "cluster", cluster);
            time.into(parameters);
            Pages pages = limit.read(api, "/objects", "objects", parameters);
            output.printer(spec.commandLine())
                    .print(new Answer(
                            pages.json(),
                            () -> table(pages.items()),
                            () -> pages.items().stream().map(ObjectNames::of).toList(),
                            List.of(),
                            pages.notes()));
        }
        return 0;
    }

    private static Table table(List<JsonNode> objects) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode object : objects) {
            rows.add(List.of(
                    Cell.of(object.path("cluster").asText()),
                    Cell.of(object.path("namespace").asText()),
                    Cell.of(ObjectNames.of(object), Tone.STRONG),
                    Cell.of(time(object.path("createdAt"))),
                    Cell.of(time(object.path("deletedAt")), Tone.WARNING),
                    Cell.of(time(object.path("lastActivity"))),
                    Cell.of(object.path("uid").asText())));
        }
        return new Table(COLUMNS, rows);
    }

    private static String time(JsonNode time) {
        return time.isTextual() ? SpanWords.time(time) : "";
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }
}
