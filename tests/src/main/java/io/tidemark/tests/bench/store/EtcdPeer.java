package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Distribution;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real etcd of one member, durable as it is by default; only its quota is raised. */
final class EtcdPeer implements Peer {
    /** More than any run writes; of both servers. */
    static final String QUOTA_BYTES = "68719476736";

    private final Path program;
    private final Path folder;
    private final int port;
    private final int peerPort;
    private Process process;

    private EtcdPeer(Path program, Path folder) throws IOException {
        this.program = program;
        this.folder = folder;
        this.port = FreePorts.next();
        this.peerPort = FreePorts.next();
        this.process = launch();
    }

    static EtcdPeer start(Path program, Path folder) throws IOException, InterruptedException {
        if (!Files.isExecutable(program)) {
            throw new IOException("no etcd at " + program + ": build it with tests/peers/build");
        }
        Files.createDirectories(folder);
        EtcdPeer etcd = new EtcdPeer(program, folder);
        Health.await(etcd.port, etcd.process);
        return etcd;
    }

    private Process launch() throws IOException {
        String clients = "http://127.0.0.1:" + port;
        String peers = "http://127.0.0.1:" + peerPort;
        Process started = new ProcessBuilder(
                        program.toString(),
                        "--name=peer",
                        "--data-dir=" + folder.resolve("data"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=peer=" + peers,
                        "--quota-backend-bytes=" + QUOTA_BYTES,
                        "--log-level=warn")
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
        return started;
    }

    @Override
    public String name() {
        return "etcd";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public double restartSeconds() throws IOException, InterruptedException {
        close();
        long began = System.nanoTime();
        process = launch();
        Health.await(port, process);
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() throws IOException {
        Distribution.stop(process, name());
    }
}
