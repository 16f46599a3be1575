package io.tidemark.deploy.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has start-up caches made of what this run records. Writing the record down makes the end of both JVMs longer; making
 * the caches of it would take as long again, so a shell script waits for that end and works after it, at the lowest
 * priority. What a failed or killed run has recorded is thrown away.
 *
 * <pre>
 *   this JVM   ── ready: says so ──── ends: core-1f.aot.4711.conf ─┐
 *   its child  ─────────────── ends: correlator-9a.aot.4711.conf ──┤
 *   script     ── waits for the end of its standard input ─────────┴─► core-1f.aot, correlator-9a.aot
 * </pre>
 */
public final class CacheAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(CacheAssembly.class);
    private static final byte[] READY = "ready\n".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable Process script;

    private CacheAssembly(@Nullable Process script) {
        this.script = script;
    }

    /**
     * A JVM that may record.
     *
     * @param options its options, those that make it record among them
     * @param classPath as it was given
     */
    public record Jvm(List<String> options, String classPath) {
        public Jvm {
            options = List.copyOf(options);
        }

        /** This one. */
        public static Jvm current() {
            return new Jvm(
                    ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getProperty("java.class.path"));
        }

        /** What it writes at its end, without the suffix; empty when it does not record. */
        Optional<String> recording() {
            return options.stream()
                    .filter(option -> option.startsWith(StartupCache.CONFIGURATION))
                    .map(option -> option.substring(
                            StartupCache.CONFIGURATION.length(),
                            option.length() - StartupCache.CONFIGURATION_SUFFIX.length()))
                    .findFirst();
        }

        /** Arguments that make the cache, as `java @file` reads them. */
        String arguments(String recording) {
            List<String> arguments = new ArrayList<>(options);
            arguments.remove(StartupCache.RECORD);
            arguments.add("-XX:AOTMode=create");
            arguments.add("-XX:AOTCache=" + recording + ".new");
            arguments.add("-cp");
            arguments.add(classPath);
            return arguments.stream()
                    .map(argument -> "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
                    .collect(Collectors.joining());
        }
    }

    /** Starts the script when anything records; without it there are no caches, which harms nothing. */
    public static CacheAssembly begin(Path script, List<Jvm> jvms) {
        Map<String, Jvm> recordings = new LinkedHashMap<>();
        jvms.forEach(jvm -> jvm.recording().ifPresent(recording -> recordings.put(recording, jvm)));
        if (recordings.isEmpty()) {
            return new CacheAssembly(null);
        }
        List<String> command = new ArrayList<>(List.of(
                "sh",
                script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(recordings.keySet());
        try {
            for (Map.Entry<String, Jvm> recording : recordings.entrySet()) {
                Files.writeString(
                        Path.of(recording.getKey() + ".args"),
                        recording.getValue().arguments(recording.getKey()));
            }
            return new CacheAssembly(new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            LOG.info("No start-up caches will be made: {}", e.getMessage());
            return new CacheAssembly(null);
        }
    }

    /** Whether this run records, which makes its end take longer. */
    public boolean isRecording() {
        return script != null;
    }

    /** This run came up: what it records is worth a cache. Said once. */
    public void ready() {
        if (script != null) {
            try {
                script.getOutputStream().write(READY);
                script.getOutputStream().flush();
            } catch (IOException e) {
                LOG.info("No start-up caches will be made: {}", e.getMessage());
            }
        }
    }
}
