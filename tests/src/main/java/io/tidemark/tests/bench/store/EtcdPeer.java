package io.tidemark.tests.bench.store;

import io.tidemark.tests.bench.Distribution;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real etcd of one member or several, durable as it is by default; only its quota is raised. */
final class EtcdPeer implements Peer {
    /** More than any run writes; of both servers. */
    static final String QUOTA_BYTES = "68719476736";

    private final Path program;
    private final List<Member> members;
    private final List<Process> processes = new ArrayList<>();
    private int port;

    /** One process of the cluster: its folder, the port for clients and the one for the others. */
    private record Member(String name, Path folder, int port, int peerPort) {
        String clients() {
            return "http://127.0.0.1:" + port;
        }

        String peers() {
            return "http://127.0.0.1:" + peerPort;
        }
    }

    private EtcdPeer(Path program, List<Member> members) {
        this.program = program;
        this.members = members;
    }

    static EtcdPeer start(Path program, Path folder, int members) throws IOException, InterruptedException {
        if (!Files.isExecutable(program)) {
            throw new IOException("no etcd at " + program + ": build it with tests/peers/build");
        }
        List<Member> all = IntStream.rangeClosed(1, members)
                .mapToObj(number -> "peer" + number)
                .map(name -> new Member(name, folder.resolve(name), FreePorts.next(), FreePorts.next()))
                .toList();
        for (Member member : all) {
            Files.createDirectories(member.folder());
        }
        EtcdPeer etcd = new EtcdPeer(program, all);
        etcd.launch();
        return etcd;
    }

    private void launch() throws IOException, InterruptedException {
        String cluster = members.stream()
                .map(member -> member.name() + "=" + member.peers())
                .collect(Collectors.joining(","));
        processes.clear();
        for (Member member : members) {
            processes.add(launch(member, cluster));
        }
        port = members.getFirst().port(); // of any, should who leads change while they are asked
        for (int i = 0; i < members.size(); i++) {
            int at = members.get(i).port();
            Health.await(at, processes.get(i));
            if (Health.leads(at)) {
                port = at;
            }
        }
    }

    private Process launch(Member member, String cluster) throws IOException {
        Process started = new ProcessBuilder(
                        program.toString(),
                        "--name=" + member.name(),
                        "--data-dir=" + member.folder().resolve("data"),
                        "--listen-client-urls=" + member.clients(),
                        "--advertise-client-urls=" + member.clients(),
                        "--listen-peer-urls=" + member.peers(),
                        "--initial-advertise-peer-urls=" + member.peers(),
                        "--initial-cluster=" + cluster,
                        "--quota-backend-bytes=" + QUOTA_BYTES,
                        "--log-level=warn")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        member.folder().resolve("log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
        return started;
    }

    @Override
    public String name() {
        return "etcd";
    }

    /** Of the member that led when all had started: its clients are the ones that wait least. */
    @Override
    public int port() {
        return port;
    }

    @Override
    public List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    @Override
    public double restartSeconds() throws IOException, InterruptedException {
        close();
        long began = System.nanoTime();
        launch();
        return (System.nanoTime() - began) / 1e9;
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes) {
            Distribution.stop(process, name());
        }
    }
}
