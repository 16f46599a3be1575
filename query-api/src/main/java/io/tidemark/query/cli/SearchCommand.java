package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidemark search}: requests, Events and the rest by who, what, when and which field. */
@Command(
        name = "search",
        description = "Finds requests, Kubernetes Events and lives of objects; newest first.",
        footer = {
            "",
            "  tidemark search --user alice --code '>=400' --from 1h",
            "  tidemark search --resource deploy --path spec.replicas -o wide"
        })
public final class SearchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(names = "--oldest-first", description = "in the order in which it happened")
    private boolean oldestFirst;

    @Mixin
    private LimitOptions limit = new LimitOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ApiClient api = server.connect()) {
            Map<String, String> parameters = filter.parameters();
            parameters.put("order", oldestFirst ? "asc" : "desc");
            Pages pages = limit.read(api, "/search", "spans", parameters);
            output.printer(spec.commandLine())
                    .print(new Answer(
                            pages.json(),
                            () -> new SpanTable(output.isWide()).flat(pages.items()),
                            () -> objects(pages.items()),
                            List.of(),
                            pages.notes()));
        }
        return 0;
    }

    private static List<String> objects(List<JsonNode> spans) {
        return spans.stream()
                .map(span -> ObjectNames.of(span.path("object")))
                .distinct()
                .toList();
    }
}
