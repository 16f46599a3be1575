package io.tidemark.deploy.correlator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The child's ahead-of-time cache (JEP 514): the first run that ends cleanly writes it, later ones start in about half
 * the time. Its name says for which jars and which JDK it is good; the JVM ignores one that does not fit. The core's
 * own cache is handled the same way by {@code bin/tidemark}.
 */
public final class StartupCache {
    private static final Logger LOG = LoggerFactory.getLogger(StartupCache.class);
    private static final List<String> QUIET = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    private StartupCache() {}

    /** JVM options that use the cache when it is there and have it written when it is not; none when that fails. */
    public static List<String> options(Path folder, String name, List<Path> jars) {
        try {
            Path file = folder.resolve(name + "-" + key(jars) + ".aot");
            if (usable(file)) {
                return List.of("-XX:AOTCache=" + file, QUIET.get(0), QUIET.get(1));
            }
            Files.createDirectories(folder);
            return List.of("-XX:AOTCacheOutput=" + file, QUIET.get(0), QUIET.get(1));
        } catch (IOException e) {
            LOG.info("No start-up cache for {}: {}", name, e.getMessage());
            return List.of();
        }
    }

    /** The header is written last: a file that was cut off starts with zeros. */
    private static boolean usable(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            for (byte b : in.readNBytes(4)) {
                if (b != 0) {
                    return true;
                }
            }
            return false;
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
