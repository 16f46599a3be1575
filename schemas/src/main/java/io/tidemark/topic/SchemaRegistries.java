package io.tidemark.topic;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Opens schema registries. The client that speaks to them brings libraries that collide with those of the process, so
 * it lies in a folder of its own and is loaded, when a registry is configured, by a class loader of its own.
 */
public final class SchemaRegistries {
    /** What a jar in that folder offers under {@code META-INF/services}. */
    public interface Adapter {
        /** Prepares; nothing is sent yet. */
        SchemaRegistry connect(String url, Duration timeout);
    }

    private SchemaRegistries() {}

    /**
     * Opens the registry; nothing is sent yet.
     *
     * @param jars folder with the adapter and its libraries
     * @param url address of the registry's Confluent API
     * @param timeout longest wait for one answer
     * @throws IllegalStateException when the folder holds no adapter
     */
    public static SchemaRegistry open(Path jars, String url, Duration timeout) {
        ClassLoader loader = new URLClassLoader("schema-registry", urls(jars), SchemaRegistries.class.getClassLoader());
        return ServiceLoader.load(Adapter.class, loader)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        jars + " holds no client for schema registries: is the distribution complete?"))
                .connect(url, timeout);
    }

    private static URL[] urls(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            List<URL> urls = new ArrayList<>();
            for (Path file : files) {
                urls.add(url(file));
            }
            return urls.toArray(URL[]::new);
        } catch (IOException e) {
            throw new IllegalStateException(folder + " cannot be read: is the distribution complete?", e);
        }
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
