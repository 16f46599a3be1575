package io.tidemark.tests.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real etcdctl, in a process for each invocation. */
final class Etcdctl implements CommandScript.Runner {
    private static final Path PROGRAM = Path.of("peers", "target", "etcdctl").toAbsolutePath();

    /** Of Tidemark's own watch, so that it ends by itself. */
    private static final String LIMIT = "--limit";

    private static final int SILENCES = 15;
    private static final int SILENCE_MILLIS = 100;

    private final String endpoint;

    Etcdctl(int port) {
        endpoint = "--endpoints=127.0.0.1:" + port;
    }

    @Override
    public Invocation run(List<String> words, String in) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(words);
        int limit = words.getFirst().equals("watch") ? line.indexOf(LIMIT) : -1;
        if (limit >= 0) {
            line.subList(limit, limit + 2).clear();
        }
        line.addAll(0, List.of(PROGRAM.toString(), endpoint));
        Path input = Files.createTempFile("etcdctl", "in");
        try {
            Files.writeString(input, in, StandardCharsets.ISO_8859_1);
            Process process = new ProcessBuilder(line)
                    .redirectInput(input.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (limit >= 0) {
                return stopped(process, new Invocation(words, in, 0, ""));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return new Invocation(words, in, process.waitFor(), out);
        } finally {
            Files.delete(input);
        }
    }

    /** etcdctl watches until it is stopped: that is done when it prints nothing more. */
    private static Invocation stopped(Process process, Invocation asked) throws IOException, InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream from = process.getInputStream();
        boolean ended = false;
        int silent = 0;
        while (silent < SILENCES && !ended) {
            byte[] more = from.readNBytes(from.available());
            out.writeBytes(more);
            silent = more.length == 0 ? silent + 1 : 0;
            ended = process.waitFor(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        out.writeBytes(from.readNBytes(from.available()));
        process.destroy();
        int code = ended ? process.exitValue() : asked.code();
        return new Invocation(asked.run(), asked.in(), code, out.toString(StandardCharsets.ISO_8859_1));
    }
}
