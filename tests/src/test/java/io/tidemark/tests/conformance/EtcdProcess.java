package io.tidemark.tests.conformance;

import static org.awaitility.Awaitility.await;

import io.tidemark.tests.platform.Undisturbed;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real etcd in a child process: one member, nothing in it, gone with its data when closed. */
public final class EtcdProcess implements AutoCloseable {
    private static final Path PROGRAM = Path.of("peers", "target", "etcd").toAbsolutePath();
    private static final int LOG_SHOWN = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path folder;
    private final Process process;
    private final int port;
    private final GrpcEndpoint endpoint;

    private EtcdProcess(Path folder, List<String> flags, int clientPort, int peerPort) throws IOException {
        this.folder = folder;
        this.port = clientPort;
        String clients = "http://127.0.0.1:" + clientPort;
        String peers = "http://127.0.0.1:" + peerPort;
        List<String> line = new ArrayList<>(List.of(
                PROGRAM.toString(),
                "--name=oracle",
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=oracle=" + peers,
                "--unsafe-no-fsync",
                "--bcrypt-cost=4",
                "--log-level=error"));
        line.addAll(flags);
        this.process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        this.endpoint = new GrpcEndpoint(clientPort);
    }

    /** @param quota bytes that it may take */
    static EtcdProcess start(long quota) throws IOException {
        Path folder = Files.createTempDirectory("etcd");
        return start(folder, List.of("--data-dir=" + folder.resolve("data"), "--quota-backend-bytes=" + quota));
    }

    /** One that goes on with what is in a folder, which stays when it is closed. */
    static EtcdProcess on(Path data) throws IOException {
        return start(Files.createTempDirectory("etcd"), List.of("--data-dir=" + data));
    }

    /** One with a further flag. */
    public static EtcdProcess with(String flag) throws IOException {
        Path folder = Files.createTempDirectory("etcd");
        return start(folder, List.of("--data-dir=" + folder.resolve("data"), flag));
    }

    private static EtcdProcess start(Path folder, List<String> flags) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("etcd is not at " + PROGRAM + ": run Maven with the profile peers");
        }
        int port = FreePorts.next();
        EtcdProcess etcd = new EtcdProcess(folder, flags, port, FreePorts.next());
        boolean healthy = false;
        try {
            etcd.awaitHealthy(port);
            healthy = true;
            return etcd;
        } finally {
            if (!healthy) {
                etcd.close();
            }
        }
    }

    private void awaitHealthy(int port) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .build();
            await().atMost(PATIENCE)
                    .pollInterval(POLL)
                    .ignoreExceptionsInstanceOf(IOException.class) // it does not listen yet
                    .until(() -> {
                        checkAlive();
                        return client.send(health, HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200;
                    });
        }
    }

    /** Of its clients. */
    public int port() {
        return port;
    }

    EtcdEndpoint endpoint() {
        return endpoint;
    }

    /** Fails when the process has ended by itself. */
    public void checkAlive() throws IOException {
        if (!process.isAlive()) {
            String log = Files.readString(folder.resolve("log"));
            throw new AssertionError("etcd ended:\n" + log.substring(0, Math.min(log.length(), LOG_SHOWN)));
        }
    }

    @Override
    public void close() throws IOException {
        endpoint.close();
        process.destroyForcibly().onExit().join();
        Undisturbed.delete(folder);
    }
}
