package io.tidemark.deploy;

import io.tidemark.deploy.StartFailure.Kind;
import io.tidemark.deploy.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked distribution this process was started from.
 *
 * @param home its folder
 * @param cache where start-up caches go; written by the JVMs, safe to delete
 */
public record Installation(Path home, Path cache) {
    /** As told by {@code bin/tidemark}. */
    public static Installation current() {
        String home = System.getProperty("tidemark.home");
        if (home == null) {
            throw new StartFailure(
                    Kind.INSTALLATION_BROKEN,
                    "the system property tidemark.home is not set",
                    "start Tidemark with bin/tidemark of its distribution");
        }
        return new Installation(Path.of(home), Path.of(System.getProperty("tidemark.cache", home + "/cache")));
    }

    /** Jars of the correlator's own JVM, in an order that does not change: its start-up cache depends on it. */
    List<Path> correlatorJars() {
        Path folder = home.resolve("lib-correlator");
        try (var files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            if (!jars.isEmpty()) {
                return jars;
            }
        } catch (IOException e) {
            throw broken(folder, e);
        }
        throw broken(folder, null);
    }

    /** The script that makes start-up caches. */
    Path cacheScript() {
        return home.resolve("bin").resolve("assemble-cache");
    }

    /** Folder with the client for schema registries, apart because its libraries collide with those of the process. */
    Path registryJars() {
        return home.resolve("lib-registry");
    }

    Path correlatorLogging() {
        return home.resolve("conf").resolve("correlator-logback.xml");
    }

    /** A bundled sample; empty when there is none of that name. */
    Optional<Sample> sample(String name) {
        Path folder = home.resolve("examples").resolve(name);
        Sample sample = new Sample(name, folder.resolve("audit.jsonl.gz"), folder.resolve("history.jsonl.gz"));
        return name.matches("[a-z0-9-]+") && Files.isRegularFile(sample.audit())
                ? Optional.of(sample)
                : Optional.empty();
    }

    private static StartFailure broken(Path folder, @Nullable IOException cause) {
        return new StartFailure(
                Kind.INSTALLATION_BROKEN,
                "the distribution is incomplete: there are no jars in " + folder,
                "unpack it again, or build it with ./mvnw package",
                cause);
    }
}
