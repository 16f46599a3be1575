package io.tidemark.tests.bench.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

/** Whether a server on this machine can be used. */
final class Health {
    private static final long POLL_MILLIS = 50;
    private static final long READY_SECONDS = 300;

    private Health() {}

    /** Waits until the server answers {@code /health} with 200. */
    static void await(int port, Process process) throws IOException, InterruptedException {
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                .build();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isHealthy(client, health)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("the server on port " + port + " is not healthy");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    /** Whether that member of an etcd leads its cluster. */
    static boolean leads(int port) throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(metrics, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .anyMatch("etcd_server_is_leader 1"::equals);
        }
    }

    private static boolean isHealthy(HttpClient client, HttpRequest health) throws InterruptedException {
        try {
            return client.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }
}
