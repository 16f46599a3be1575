package io.tidemark.tests.robustness;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** An audit log as an API server writes it, and what is done to it: renamed by the server, truncated by logrotate. */
final class RotatedLog {
    private final Path path;
    private final Random random;
    private int rotated;

    RotatedLog(Path folder, Random random) throws IOException {
        this.path = Files.createDirectories(folder).resolve("audit.log");
        this.random = random;
    }

    Path path() {
        return path;
    }

    /** What was written to last. */
    Path newest() {
        return Files.exists(path) ? path : name(rotated);
    }

    /** Writes a line in two pieces that end anywhere, as a buffer's would, and sometimes rotates behind it. */
    void write(JsonNode event) throws IOException {
        byte[] line = (event + "\n").getBytes(StandardCharsets.UTF_8);
        int cut = random.nextInt(line.length);
        append(line, 0, cut);
        append(line, cut, line.length - cut);
        int chance = random.nextInt(100);
        if (chance < 2) {
            rename();
        } else if (chance < 4) {
            copyAndTruncate();
        }
    }

    private void append(byte[] bytes, int from, int count) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, CREATE, APPEND)) {
            out.write(bytes, from, count);
        }
    }

    /** As kube-apiserver does it; the new file comes with the next line. */
    private void rename() throws IOException {
        Files.move(path, next());
    }

    /** As logrotate does it with {@code copytruncate}. */
    private void copyAndTruncate() throws IOException {
        Files.copy(path, next());
        truncate();
    }

    /** As {@code > audit.log} does it. */
    void truncate() throws IOException {
        if (Files.exists(path)) {
            try (FileChannel channel = FileChannel.open(path, WRITE)) {
                channel.truncate(0);
            }
        }
    }

    private Path next() {
        return name(++rotated);
    }

    private Path name(int number) {
        return path.resolveSibling("audit-%04d.log".formatted(number));
    }
}
