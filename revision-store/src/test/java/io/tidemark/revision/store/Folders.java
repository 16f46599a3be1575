package io.tidemark.revision.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Copies of an image's folder, as a crash would leave it. */
final class Folders {
    private Folders() {}

    /** Copies what is flushed, while files may be merged: until nothing changed meanwhile. */
    static void copy(Path from, Path to) throws IOException {
        while (true) {
            try {
                Map<String, Long> before = sizes(from);
                delete(to);
                Files.createDirectories(to);
                for (String name : before.keySet()) {
                    Files.copy(from.resolve(name), to.resolve(name));
                }
                if (before.equals(sizes(from)) && before.equals(sizes(to))) {
                    return;
                }
            } catch (NoSuchFileException e) {
                // was merged into another one: look again
            }
        }
    }

    private static Map<String, Long> sizes(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }

    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
