package io.tidemark.revision.cli;

import io.tidemark.service.ClientTls;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import io.tidemark.service.ServerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is watched over HTTP, which knows objects, labels and differences; and where. */
final class TopicOptions {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    @Option(
            names = "--resource",
            paramLabel = "RESOURCE",
            description = "objects of Kubernetes in place of KEY: pods, deployments.apps, widgets.example.com")
    private @Nullable String resource;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "with --resource: objects of this namespace")
    private @Nullable String namespace;

    @Option(names = "--name", paramLabel = "NAME", description = "with --resource: the object of this name")
    private @Nullable String name;

    @Option(
            names = {"-l", "--selector"},
            paramLabel = "LABELS",
            description = "objects whose labels are so, such as app=web,env in (a,b)")
    private @Nullable String selector;

    @Option(
            names = "--filter",
            paramLabel = "CEL",
            description = "objects or events for which this is true, such as object.spec.replicas > old.spec.replicas")
    private @Nullable String filter;

    @Option(
            names = "--since",
            paramLabel = "REVISION|TIME",
            converter = SinceValue.class,
            description =
                    "as --rev; 'oldest' for all that is kept; what was written after a time: 2026-11-23T08:17:47Z, 2026-11-23, or"
                            + " 15m (ago); UTC")
    private @Nullable String since;

    @Option(names = "--diff", description = "what changed in each version, in place of its value")
    private boolean diff;

    @Option(
            names = "--keyspace",
            paramLabel = "NAME",
            description = "which keyspace, when there are several; default: default")
    private @Nullable String keyspace;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:TIDEMARK_SERVER:-http://127.0.0.1:7400}",
            description =
                    "address of Tidemark that is asked when one of --resource, --selector, --filter, --since, --diff and --keyspace"
                            + " is given; default: $TIDEMARK_SERVER, then http://127.0.0.1:7400")
    private String server = "";

    /** Whether the HTTP port is to be asked. */
    boolean isMeant() {
        return resource != null
                || namespace != null
                || name != null
                || selector != null
                || filter != null
                || since != null
                || diff
                || keyspace != null;
    }

    boolean isOfObjects() {
        return resource != null;
    }

    /**
     * The address of the topic.
     *
     * @param further parameters, from the other options
     */
    URI address(Map<String, String> further) {
        Map<String, String> all = new LinkedHashMap<>(further);
        put(all, "resource", resource);
        put(all, "namespace", namespace);
        put(all, "name", name);
        put(all, "selector", selector);
        put(all, "filter", filter);
        put(all, "since", since);
        put(all, "view", diff ? "diff" : null);
        String query = all.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&", "?", ""));
        return URI.create(ServerAddress.parse(server) + "/api/v1/watch/"
                + encoded(keyspace == null ? "default" : keyspace) + query);
    }

    private static void put(Map<String, String> all, String parameter, @Nullable String value) {
        if (value != null) {
            all.put(parameter, value);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @param ca whom to trust; empty for Java's own list */
    HttpClient client(Optional<Path> ca) {
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .sslContext(new ClientTls(ca, Optional.empty(), Optional.empty()).context())
                    .build();
        } catch (IOException e) {
            throw new CommandFailure(
                    Kind.USAGE, "--cacert " + ca + " cannot be used: " + e.getMessage(), "name a PEM file");
        }
    }
}
