package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidemark tail}: what happens from now on. */
@Command(
        name = "tail",
        description =
                "Shows requests, Kubernetes Events and the rest as they become known, until interrupted. Goes on by"
                        + " itself, without a gap, when the server was restarted.",
        footer = {
            "",
            "What is refined later, because an event arrived late, comes again.",
            "",
            "  tidemark tail -n shop --kind request,event",
            "  tidemark tail --code '>=400' -o json | jq .request.message"
        })
public final class TailCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private FilterOptions filter = new FilterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "end after so many; 0 never; default: 0")
    private long limit;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Printer printer = output.printer(spec.commandLine());
        try (ApiClient api = server.connect();
                TailStream stream = new TailStream(
                        api, filter.parameters(), spec.commandLine().getErr())) {
            long printed = 0;
            while (limit <= 0 || printed < limit) {
                printer.next(answer(stream.next()));
                printed++;
                if (out.checkError()) { // also flushes; whoever read us has gone
                    break;
                }
            }
        }
        return 0;
    }

    private Answer answer(JsonNode span) {
        return new Answer(
                span,
                () -> new SpanTable(output.isWide()).flat(List.of(span)),
                () -> List.of(ObjectNames.of(span.path("object"))),
                List.of(),
                List.of());
    }
}
