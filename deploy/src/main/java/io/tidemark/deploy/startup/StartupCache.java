package io.tidemark.deploy.startup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child's ahead-of-time cache (JEP 483): the first run that ends cleanly records what it loads, {@link
 * CacheAssembly} makes the cache of it, and later runs start in about half the time. Its name says for which jars and
 * which JDK it is good; the JVM ignores one that does not fit. The core's own cache is handled the same way by
 * {@code bin/tidemark}.
 */
public final class StartupCache {
    static final String RECORD = "-XX:AOTMode=record";
    static final String CONFIGURATION = "-XX:AOTConfiguration=";
    static final String CONFIGURATION_SUFFIX = ".conf";

    private static final Logger LOG = LoggerFactory.getLogger(StartupCache.class);
    private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    private StartupCache() {}

    /** JVM options that use the cache when it is there and record for it when it is not; none when that fails. */
    public static List<String> options(Path folder, String name, List<Path> jars) {
        try {
            Path file = folder.resolve(name + "-" + key(jars) + ".aot");
            if (Files.exists(file)) {
                return List.of("-XX:AOTCache=" + file, QUIET.get(0), QUIET.get(1));
            }
            Files.createDirectories(folder);
            String recording = file + "." + ProcessHandle.current().pid();
            return List.of(RECORD, CONFIGURATION + recording + CONFIGURATION_SUFFIX, QUIET.get(0), QUIET.get(1));
        } catch (IOException e) {
            LOG.info("No start-up cache for {}: {}", name, e.getMessage());
            return List.of();
        }
    }

    private static String key(List<Path> jars) throws IOException {
        CRC32 sum = new CRC32();
        add(sum, System.getProperty("java.home") + Runtime.version());
        for (Path jar : jars) {
            add(sum, jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
        }
        return Long.toHexString(sum.getValue());
    }

    private static void add(CRC32 sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
