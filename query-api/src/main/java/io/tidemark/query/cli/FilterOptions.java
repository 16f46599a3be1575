package io.tidemark.query.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which spans are asked for; all that is given must hold. The server checks the values. */
final class FilterOptions {
    /** By the name of the API's parameter. */
    private final Map<String, String> values = new LinkedHashMap<>();

    @Mixin
    private TimeOptions time = new TimeOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description = "each begins a word of a name, user, reason, message or changed value")
    private List<String> words = List.of();

    @Option(
            names = {"-c", "--cluster"},
            paramLabel = "CLUSTER",
            description = "name of a cluster")
    void cluster(String value) {
        values.put("cluster", value);
    }

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "a namespace; - for cluster-scoped objects")
    void namespace(String value) {
        values.put("namespace", value);
    }

    @Option(names = "--resource", paramLabel = "PLURAL", description = "such as deployments; short names are known")
    void resource(String value) {
        KnownTypes.find(value)
                .ifPresentOrElse(
                        type -> {
                            values.put("resource", type.resource());
                            values.put("group", type.group().isEmpty() ? "core" : type.group());
                        },
                        () -> values.put("resource", value));
    }

    @Option(names = "--group", paramLabel = "GROUP", description = "API group; core for the core group")
    void group(String value) {
        values.put("group", value);
    }

    @Option(names = "--name", paramLabel = "NAME", description = "an object's whole name")
    void name(String value) {
        values.put("name", value);
    }

    @Option(names = "--kind", paramLabel = "KIND,...", description = "request, event, object, item, phase, admission")
    void kind(String value) {
        values.put("kind", value);
    }

    @Option(names = "--user", paramLabel = "USER", description = "authenticated or impersonated user")
    void user(String value) {
        values.put("user", value);
    }

    @Option(names = "--verb", paramLabel = "VERB", description = "such as patch")
    void verb(String value) {
        values.put("verb", value);
    }

    @Option(names = "--code", paramLabel = "CODE", description = "409, 4xx or '>=400'")
    void code(String value) {
        values.put("code", value);
    }

    @Option(names = "--reason", paramLabel = "REASON", description = "reason of a failure or of a Kubernetes Event")
    void reason(String value) {
        values.put("reason", value);
    }

    @Option(names = "--effect", paramLabel = "EFFECT,...", description = "such as created, deleted, failed")
    void effect(String value) {
        values.put("effect", value);
    }

    @Option(names = "--path", paramLabel = "PATH", description = "a changed field or one above it: spec.replicas")
    void path(String value) {
        values.put("path", value);
    }

    @Option(names = "--type", paramLabel = "TYPE", description = "of Kubernetes Events: Normal, Warning")
    void type(String value) {
        values.put("type", value);
    }

    @Option(names = "--user-agent", paramLabel = "TEXT", description = "any part of a user agent")
    void userAgent(String value) {
        values.put("userAgent", value);
    }

    @Option(names = "--audit-id", paramLabel = "ID", description = "auditID of a request")
    void auditId(String value) {
        values.put("auditId", value);
    }

    @Option(names = "--doubt", paramLabel = "DOUBT", description = "late, truncated, metadata-only or inexact")
    void doubt(String value) {
        values.put("doubt", value);
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>(values);
        if (!words.isEmpty()) {
            parameters.put("q", String.join(" ", words));
        }
        time.into(parameters);
        return parameters;
    }
}
