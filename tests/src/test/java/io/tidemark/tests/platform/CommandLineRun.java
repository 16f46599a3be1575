package io.tidemark.tests.platform;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of {@code bin/tidemark} that has ended.
 *
 * @param code exit code
 */
record CommandLineRun(int code, String out, String err) {
    private static final long PATIENCE_SECONDS = 120;
    private static final Map<String, String> OPTIONS = Map.of("userAgent", "user-agent", "auditId", "audit-id");

    /** Runs it against a server, as a shell with $TIDEMARK_SERVER set would. */
    static CommandLineRun of(URI server, List<String> arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("tidemark", ".out");
        Path err = Files.createTempFile("tidemark", ".err");
        try {
            List<String> command = new ArrayList<>();
            command.add(PlatformProcess.distribution().toString());
            command.addAll(arguments);
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("TIDEMARK_SERVER", server.toString());
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return new CommandLineRun(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** What a person types to ask what a query of the API asks, as JSON and whole. */
    static List<String> arguments(String query) {
        String path = query.contains("?") ? query.substring(0, query.indexOf('?')) : query;
        List<String> arguments = new ArrayList<>();
        if (path.equals("/search")) {
            arguments.add("search");
        } else {
            String[] parts =
                    path.split("/"); // "", objects, cluster, group, resource, namespace, name, trace or history
            String group = parts[3].equals("core") ? "" : "." + parts[3];
            arguments.addAll(List.of(parts[7], parts[4] + group + "/" + parts[6], "-c", parts[2]));
            if (!parts[5].equals("-")) {
                arguments.addAll(List.of("-n", parts[5]));
            }
        }
        arguments.addAll(List.of("-o", "json"));
        if (!arguments.contains("trace")) {
            arguments.addAll(List.of("--limit", "0"));
        }
        if (query.contains("?")) {
            Arrays.stream(query.substring(path.length() + 1).split("&"))
                    .forEach(parameter -> option(parameter, arguments));
        }
        return arguments;
    }

    private static void option(String parameter, List<String> arguments) {
        String name = parameter.substring(0, parameter.indexOf('='));
        String value = URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8);
        if (name.equals("q")) {
            arguments.add(value);
        } else if (!name.equals("limit")) {
            arguments.add("--" + OPTIONS.getOrDefault(name, name) + "=" + value);
        }
    }
}
