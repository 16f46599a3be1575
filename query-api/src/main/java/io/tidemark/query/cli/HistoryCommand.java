package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidemark history}: the requests that changed one object. */
@Command(
        name = "history",
        description = "Lists the requests that changed an object, oldest first.",
        footer = {"", "  tidemark history cm/features -n shop -o wide"})
public final class HistoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private ObjectOptions object = new ObjectOptions();

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
            time.into(parameters);
            if (!object.uid().isEmpty()) {
                parameters.put("uid", object.uid());
            }
            JsonNode found = object.resolve(api);
            Pages pages = limit.read(api, ObjectFinder.path(found) + "/history", "changes", parameters);
            output.printer(spec.commandLine())
                    .print(new Answer(
                            pages.json(),
                            () -> new SpanTable(output.isWide()).flat(pages.items()),
                            () -> List.of(ObjectNames.of(found)),
                            List.of(),
                            pages.notes()));
        }
        return 0;
    }
}
