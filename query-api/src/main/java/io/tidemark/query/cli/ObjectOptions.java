package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which object is asked about, named as for kubectl: {@code deploy/checkout}, {@code pods checkout-abc}. */
final class ObjectOptions {
    @Parameters(arity = "1..2", paramLabel = "TYPE/NAME", description = "deploy/checkout, or: deploy checkout")
    private List<String> words = List.of();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "its namespace; may be left out as long as the name is clear without")
    private @Nullable String namespace;

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "CLUSTER",
            description = "its cluster; may be left out as long as the name is clear without")
    private @Nullable String cluster;

    @Option(
            names = "--uid",
            paramLabel = "UID",
            description = "which incarnation; default: the newest of the time asked about")
    private @Nullable String uid;

    /** Empty text: the newest one. */
    String uid() {
        return uid == null ? "" : uid;
    }

    /**
     * The one object that is meant, as the API lists it.
     *
     * @throws CommandFailure when there is none, or more than one
     */
    JsonNode resolve(ApiClient api) {
        ObjectFinder.Wanted wanted = wanted();
        ObjectFinder finder = new ObjectFinder(api);
        List<JsonNode> found = finder.find(wanted);
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw finder.nothing(wanted);
        }
        boolean clusters = found.stream()
                        .map(object -> object.path("cluster").asText())
                        .distinct()
                        .count()
                > 1;
        List<String> choices = new ArrayList<>();
        found.forEach(object -> choices.add(ObjectNames.withFlags(object, clusters)));
        throw new CommandFailure(
                Kind.USAGE,
                "'" + String.join("/", words) + "' is the name of " + found.size() + " objects",
                choices.toArray(String[]::new));
    }

    private ObjectFinder.Wanted wanted() {
        String type = words.getFirst();
        String name = "";
        if (words.size() == 2) {
            name = words.get(1);
        } else if (type.contains("/")) {
            name = type.substring(type.indexOf('/') + 1);
            type = type.substring(0, type.indexOf('/'));
        }
        if (type.isEmpty() || name.isEmpty() || name.contains("/")) {
            throw new CommandFailure(
                    Kind.USAGE,
                    "'" + String.join(" ", words) + "' names no object",
                    "write TYPE/NAME, such as deploy/checkout; `tidemark find "
                            + words.getLast().replace('/', ' ') + "` looks for it");
        }
        return new ObjectFinder.Wanted(type, name, namespace, cluster);
    }
}
