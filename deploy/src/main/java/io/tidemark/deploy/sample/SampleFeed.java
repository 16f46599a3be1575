package io.tidemark.deploy.sample;

import io.tidemark.ingest.audit.UnreadableListException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;

/**
 * Sends an audit log of one event per line, gzipped, through a door as a kube-apiserver would: in lists, each answered
 * only when it is durable. The number of lines answered is kept in a file, so a second start goes on where the first one
 * stopped, and does nothing when it was done. A list sent twice changes nothing.
 */
public final class SampleFeed {
    private static final int LIST_EVENTS = 400;
    private static final int ATTEMPTS_MAX = 20;
    private static final long TIMEOUT_SECONDS = 30;
    private static final long PAUSE_MILLIS = 500;

    /** Takes an EventList in; tells how many events are durable. */
    public interface Door {
        CompletableFuture<Integer> take(byte[] list) throws UnreadableListException;
    }

    private final Door door;
    private final Path log;
    private final Path progress;

    /**
     * @param log the sample
     * @param progress where the number of lines answered is kept
     */
    public SampleFeed(Door door, Path log, Path progress) {
        this.door = door;
        this.log = log;
        this.progress = progress;
    }

    /** Returns how many events were sent; 0 when all had been sent before. */
    public int feed() throws IOException, InterruptedException {
        long done = done();
        int sent = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(log)), StandardCharsets.UTF_8))) {
            for (long skipped = 0; skipped < done && lines.readLine() != null; skipped++) {
                // answered in an earlier run
            }
            List<String> list = next(lines);
            while (!list.isEmpty()) {
                send(list);
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

    private void send(List<String> events) throws IOException, InterruptedException {
        byte[] list = ("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":["
                        + String.join(",", events) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        for (int attempt = 1; ; attempt++) {
            try {
                door.take(list).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException | TimeoutException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw new IOException("the audit door does not take it: " + e.getMessage(), e);
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (UnreadableListException e) {
                throw new IOException(log + " is no audit log: " + e.getMessage(), e);
            }
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
