package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tidemark trace}: the life of one object, with its owners and what it owns. */
@Command(
        name = "trace",
        description = "Shows what happened to an object, to what owns it and to what it owns, deleted or not.",
        footer = {
            "",
            "A ~ before changed fields: they may include what others did, as the version before is not proved.",
            "",
            "  tidemark trace deploy/checkout -n shop",
            "  tidemark trace pods checkout-7d9f -n shop --view timeline --from 1h -o wide"
        })
public final class TraceCommand implements Callable<Integer> {
    private static final int NO_DEPTH = -1;

    /** Layouts of the API. */
    enum View {
        TREE,
        TIMELINE,
        GROUPED,
        TRACING;

        /** As it is typed, and as completion offers it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private ObjectOptions object = new ObjectOptions();

    @Mixin
    private TimeOptions time = new TimeOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--depth",
            paramLabel = "LEVELS",
            defaultValue = "" + NO_DEPTH,
            description =
                    "levels of owners above and of owned objects below, 0 to 10; default: 3 unless the server is set otherwise")
    private int depth;

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            defaultValue = "tree",
            description = "tree: each span under its object; timeline: all under the object by time; grouped, tracing:"
                    + " Events, or Events and requests, as logs of their object; default: tree")
    private View view = View.TREE;

    @Override
    public Integer call() {
        try (ApiClient api = server.connect()) {
            Map<String, String> parameters = new LinkedHashMap<>();
            time.into(parameters);
            parameters.put("view", view.name());
            if (depth != NO_DEPTH) {
                parameters.put("depth", Integer.toString(depth));
            }
            if (!object.uid().isEmpty()) {
                parameters.put("uid", object.uid());
            }
            JsonNode trace = api.get(ObjectFinder.path(object.resolve(api)) + "/trace", parameters);
            output.printer(spec.commandLine()).print(answer(trace));
        }
        return 0;
    }

    private Answer answer(JsonNode trace) {
        return new Answer(
                trace,
                () -> new SpanTable(output.isWide()).tree(trace.path("root")),
                () -> List.copyOf(names(trace.path("root"), new LinkedHashSet<>())),
                List.of(heading(trace)),
                notes(trace));
    }

    private static String heading(JsonNode trace) {
        JsonNode object = trace.path("object");
        return ObjectNames.withFlags(object, true) + ", "
                + (object.path("deleted").asBoolean() ? "deleted " + SpanWords.time(object.path("deletedAt")) : "there")
                + ", uid " + object.path("uid").asText();
    }

    private static List<String> notes(JsonNode trace) {
        List<String> notes = new ArrayList<>();
        int lives = trace.path("incarnations").size();
        if (lives > 1) {
            List<String> uids = new ArrayList<>();
            trace.path("incarnations").forEach(life -> uids.add(life.path("uid").asText()));
            notes.add(lives + " objects have had this name one after the other; --uid shows another one: "
                    + String.join(", ", uids));
        }
        if (trace.path("truncated").asBoolean()) {
            notes.add("left out: " + trace.at("/omitted/spans").asLong() + " older spans and "
                    + trace.at("/omitted/objects").asLong()
                    + " objects; --from and --to narrow the time, --depth the relations");
        }
        return notes;
    }

    private static Set<String> names(JsonNode node, Set<String> names) {
        if (node.at("/span/kind").asText().equals("OBJECT")) {
            names.add(ObjectNames.of(node.at("/span/object")));
        }
        node.path("children").forEach(child -> names(child, names));
        return names;
    }
}
