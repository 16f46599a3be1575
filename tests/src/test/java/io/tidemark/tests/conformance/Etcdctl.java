package io.tidemark.tests.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real etcdctl, in a process for each invocation. */
final class Etcdctl implements CommandScript.Runner {
    private static final Path PROGRAM = Path.of("peers", "target", "etcdctl").toAbsolutePath();

    private final String endpoint;

    Etcdctl(int port) {
        endpoint = "--endpoints=127.0.0.1:" + port;
    }

    @Override
    public Invocation run(List<String> words, String in) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(words);
        line.addAll(0, List.of(PROGRAM.toString(), endpoint));
        Path input = Files.createTempFile("etcdctl", "in");
        try {
            Files.writeString(input, in, StandardCharsets.ISO_8859_1);
            Process process = new ProcessBuilder(line)
                    .redirectInput(input.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return new Invocation(words, in, process.waitFor(), out);
        } finally {
            Files.delete(input);
        }
    }
}
