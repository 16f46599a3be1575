package io.tidemark.audit.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the checkpoint to go on from: the newest one, unless starting from it failed several times in a row. Then the
 * job starts without one and rebuilds its state from the log, which leads to the same spans.
 *
 * <p>The attempts file counts starts from one checkpoint; it starts at one again for every newer checkpoint. A start
 * whose end had nothing to do with the checkpoint, because Kafka or the parent process went away, is not counted.
 */
final class RestorePoint {
    private static final int ATTEMPTS_MAX = 3;

    private final Path checkpoints;
    private final Path attempts;

    RestorePoint(Path folder, Path checkpoints) {
        this.checkpoints = checkpoints;
        this.attempts = folder.resolve("restore-attempts");
    }

    Optional<Path> choose() throws IOException {
        Optional<Path> newest = newest();
        if (newest.isEmpty()) {
            return newest;
        }
        String name = checkpoints.relativize(newest.get()).toString();
        int attempt = 1 + attemptsFrom(name);
        Files.writeString(attempts, name + "\n" + attempt + "\n");
        return attempt > ATTEMPTS_MAX ? Optional.empty() : newest;
    }

    /** Takes back the attempt that {@link #choose} counted. */
    void notToBlame() {
        try {
            if (Files.exists(attempts)) {
                String name = Files.readAllLines(attempts).getFirst();
                Files.writeString(attempts, name + "\n" + Math.max(0, attemptsFrom(name) - 1) + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(attempts + " cannot be written", e);
        }
    }

    private int attemptsFrom(String name) throws IOException {
        if (!Files.exists(attempts)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(attempts);
        return lines.size() == 2 && lines.get(0).equals(name) && lines.get(1).matches("\\d{1,6}")
                ? Integer.parseInt(lines.get(1))
                : 0;
    }

    private Optional<Path> newest() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints, 3)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(RestorePoint::modified))
                    .map(Path::getParent);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException("checkpoint " + file + " cannot be looked at", e);
        }
    }
}
