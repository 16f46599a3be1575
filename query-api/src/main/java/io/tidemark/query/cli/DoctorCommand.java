package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.cli.Table.Cell;
import io.tidemark.query.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidemark doctor}: how a running Tidemark is, and what to do about it. */
@Command(
        name = "doctor",
        description = "Asks a running Tidemark how it is: each part, what it covers, how far it is behind, what was"
                + " refused, and what to do. Exit code 1 when a part does not work.")
public final class DoctorCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS =
            List.of(Column.of("STATE", 5), Column.of("ABOUT", 10), Column.of("FOUND", 0));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        try (ApiClient api = server.connect()) {
            String ready = api.page("/readyz?verbose");
            Scrape scrape = new Scrape(api.page("/metrics"));
            Checkup checkup = new Checkup()
                    .server(api.address(), scrape, ownVersion())
                    .parts(ready)
                    .keyspaces(scrape)
                    .coverage(api.get("/coverage", Map.of()))
                    .figures(scrape);
            output.printer(spec.commandLine()).print(answer(checkup.findings()));
            return checkup.isBad() ? 1 : 0;
        }
    }

    /** As the jar's manifest says; every jar of a distribution has the same. */
    private static String ownVersion() {
        return Optional.ofNullable(DoctorCommand.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    private static Answer answer(List<Checkup.Finding> findings) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        List<List<Cell>> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Checkup.Finding finding : findings) {
            String level = finding.level().name().toLowerCase(Locale.ROOT);
            ObjectNode one = json.addObject()
                    .put("state", level)
                    .put("about", finding.about())
                    .put("found", finding.found());
            rows.add(List.of(Cell.of(level, finding.level().tone), Cell.of(finding.about()), Cell.of(finding.found())));
            if (!finding.remedy().isEmpty()) {
                one.put("remedy", finding.remedy());
                rows.add(List.of(Cell.of(""), Cell.of(""), Cell.of("-> " + finding.remedy())));
            }
            names.add(finding.about() + " " + level);
        }
        return new Answer(json, () -> new Table(COLUMNS, rows), () -> names, List.of(), List.of());
    }
}
