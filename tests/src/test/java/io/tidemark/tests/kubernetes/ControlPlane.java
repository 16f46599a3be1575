package io.tidemark.tests.kubernetes;

import static org.awaitility.Awaitility.await;

import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** kube-apiserver on a store, and what makes a cluster of it. */
final class ControlPlane implements AutoCloseable {
    private static final Duration READY_PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration COMMAND_PATIENCE = Duration.ofMinutes(30);
    /** Of each apiserver in turn, as it stands in an object. */
    private static final int PORT = FreePorts.next();

    private static final String KEY = "service-account.key";
    /** The apiserver ends itself when its cache and the store differ. It compares them this often. */
    private static final Map<String, String> CHECKED =
            Map.of("KUBE_WATCHCACHE_CONSISTENCY_CHECKER", "true", "CONSISTENCY_CHECK_PERIOD", "10s");

    private final Path folder;
    private final Deque<Peer> running = new ArrayDeque<>(); // the newest first

    /** Ports on which the stores answer: of Events and of Leases, as large clusters have them, and of all else. */
    record Stores(int others, int events, int leases) {}

    private ControlPlane(Path folder) {
        this.folder = folder;
    }

    /**
     * Starts the apiserver and waits until it is ready.
     *
     * @param eventTtl how long Events last, as kube-apiserver takes it
     */
    static ControlPlane start(Path folder, Stores stores, String eventTtl) throws IOException, InterruptedException {
        ControlPlane plane = new ControlPlane(folder);
        boolean ready = false;
        try {
            plane.run("cluster", "files", folder.toString(), Integer.toString(PORT));
            plane.startApiserver(stores, eventTtl);
            ready = true;
            return plane;
        } finally {
            if (!ready) {
                plane.close();
            }
        }
    }

    private void startApiserver(Stores stores, String eventTtl) throws IOException {
        long began = System.nanoTime();
        Peer apiserver = start(
                "kube-apiserver",
                "--etcd-servers=" + url(stores.others),
                "--etcd-servers-overrides=/events#" + url(stores.events) + ",coordination.k8s.io/leases#"
                        + url(stores.leases),
                "--event-ttl=" + eventTtl,
                "--secure-port=" + PORT,
                "--bind-address=127.0.0.1",
                "--advertise-address=192.0.2.1", // nobody's; a loopback address is refused
                "--cert-dir=" + folder.resolve("certificates"),
                "--token-auth-file=tokens.csv",
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + KEY,
                "--service-account-signing-key-file=" + KEY,
                "--service-cluster-ip-range=10.0.0.0/16",
                "--max-requests-inflight=1000",
                "--max-mutating-requests-inflight=1000",
                "--min-request-timeout=60"); // watches end after one to two minutes, and are begun again
        await().atMost(READY_PATIENCE).pollInterval(POLL).until(() -> {
            if (!apiserver.isAlive()) {
                throw new AssertionError("kube-apiserver ended:\n" + tail(apiserver.printed()));
            }
            return kubectl("get", "--raw", "/readyz").contains("ok");
        });
        System.out.printf("kube-apiserver ready after %.1f s%n", (System.nanoTime() - began) / 1e9);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    /** Starts what makes pods of deployments and puts them on nodes. */
    void startControllers() throws IOException {
        start(
                "kube-controller-manager",
                "--kubeconfig=kubeconfig",
                "--service-account-private-key-file=" + KEY,
                "--leader-elect=false",
                "--secure-port=0",
                "--kube-api-qps=1000",
                "--kube-api-burst=2000",
                "--concurrent-deployment-syncs=20",
                "--concurrent-replicaset-syncs=20");
        start(
                "kube-scheduler",
                "--kubeconfig=kubeconfig",
                "--leader-elect=false",
                "--secure-port=0",
                "--kube-api-qps=1000",
                "--kube-api-burst=2000");
    }

    /** Starts a program that goes on until it is closed, which the plane does at its own end at the latest. */
    Peer start(String program, String... arguments) throws IOException {
        Peer peer = Peer.start(program, folder, CHECKED, List.of(arguments));
        running.push(peer);
        return peer;
    }

    /** Starts a command of {@code cluster} that goes on until it is stopped, and waits until it has begun. */
    Peer begin(String command, String says, List<String> flags) throws IOException {
        List<String> line = new ArrayList<>(List.of(command, "--kubeconfig=kubeconfig"));
        line.addAll(flags);
        Peer peer = start("cluster", line.toArray(String[]::new));
        await().atMost(READY_PATIENCE).pollInterval(POLL).until(() -> {
            if (!peer.isAlive()) {
                throw new AssertionError(command + " ended:\n" + tail(peer.printed()));
            }
            return peer.printed().contains(says);
        });
        return peer;
    }

    /** Runs a command of {@code cluster} to its end. */
    String cluster(String command, List<String> arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command, "--kubeconfig=kubeconfig"));
        line.addAll(arguments);
        return run("cluster", line.toArray(String[]::new));
    }

    private String run(String program, String... arguments) throws IOException, InterruptedException {
        try (Peer peer = Peer.start(program, folder, Map.of(), List.of(arguments))) {
            return peer.ended(COMMAND_PATIENCE);
        }
    }

    /** What kubectl prints; its errors, too. */
    String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("--kubeconfig=kubeconfig"));
        line.addAll(List.of(arguments));
        try (Peer peer = Peer.start("kubectl", folder, Map.of(), line)) {
            peer.awaitEnd(COMMAND_PATIENCE);
            return peer.printed();
        }
    }

    /** The sum of those of the apiserver's counters of a name whose labels are asked for. */
    double counted(String name, Predicate<String> labels) throws IOException, InterruptedException {
        return kubectl("get", "--raw", "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") && labels.test(line))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Fails when one of the programs has ended by itself. */
    void checkAlive() throws IOException {
        for (Peer peer : running) {
            if (peer.hasFailed()) {
                throw new AssertionError("ended:\n" + tail(peer.printed()));
            }
        }
    }

    static String tail(String text) {
        return text.substring(Math.max(0, text.length() - 4_000));
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }
}
