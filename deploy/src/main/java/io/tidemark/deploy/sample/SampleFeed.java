package io.tidemark.deploy.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/**
 * Sends an audit log of one event per line, gzipped, through the webhook door as a kube-apiserver would: in lists, each
 * answered only when it is durable. The number of lines answered is kept in a file, so a second start goes on where the
 * first one stopped, and does nothing when it was done. A list sent twice changes nothing.
 */
public final class SampleFeed {
    private static final int LIST_EVENTS = 400;
    private static final int ATTEMPTS_MAX = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI door;
    private final Path log;
    private final Path progress;

    /**
     * @param address of the HTTP server
     * @param cluster name under which the events are stored
     * @param log the sample
     * @param progress where the number of lines answered is kept
     */
    public SampleFeed(String address, String cluster, Path log, Path progress) {
        this.door = URI.create(address + "/audit/" + cluster);
        this.log = log;
        this.progress = progress;
    }

    /** Returns how many events were sent; 0 when all had been sent before. */
    public int feed() throws IOException, InterruptedException {
        long done = done();
        int sent = 0;
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
            for (long skipped = 0; skipped < done && lines.readLine() != null; skipped++) {
                // answered in an earlier run
            }
            List<String> list = next(lines);
            while (!list.isEmpty()) {
                send(client, list);
                sent += list.size();
                remember(done + sent);
                list = next(lines);
            }
        }
        return sent;
    }

    private static List<String> next(BufferedReader lines) throws IOException {
        List<String> list = new ArrayList<>(LIST_EVENTS);
        String line = lines.readLine();
        while (line != null) {
            list.add(line);
            line = list.size() < LIST_EVENTS ? lines.readLine() : null;
        }
        return list;
    }

    private void send(HttpClient client, List<String> events) throws IOException, InterruptedException {
        String body = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":["
                + String.join(",", events) + "]}";
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(TIMEOUT)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        for (int attempt = 1; ; attempt++) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return;
            }
            if (answer.statusCode() != 503 || attempt == ATTEMPTS_MAX) {
                throw new IOException("the audit door answered " + answer.statusCode() + ": " + answer.body());
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private long done() throws IOException {
        if (!Files.exists(progress)) {
            return 0;
        }
        String text = Files.readString(progress).strip();
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private void remember(long lines) throws IOException {
        Path next = progress.resolveSibling(progress.getFileName() + ".new");
        Files.writeString(next, Long.toString(lines));
        Files.move(next, progress, StandardCopyOption.ATOMIC_MOVE);
    }
}
