package io.tidemark.tests.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.tests.conformance.EtcdProcess;
import io.tidemark.tests.platform.PlatformProcess;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real kube-apiserver with its controllers and scheduler, on three keyspaces and on three etcds: the same work leaves the
 * same objects. {@code -Dtidemark.kubernetes.nodes} and {@code .pods} say how large the cluster is.
 */
@Tag("kubernetes")
class KubernetesIT {
    private static final int NODES = Integer.getInteger("tidemark.kubernetes.nodes", 20);
    private static final int PODS = Integer.getInteger("tidemark.kubernetes.pods", 300);
    private static final List<String> SIZE = List.of("--nodes=" + NODES, "--pods=" + PODS);
    private static final String PROGRESS = "5s"; // what clusters of Kubernetes set for etcd
    private static final String EVENT_TTL = "30s";
    private static final int DIFFERENCES_TOLD = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Predicate<String> ALL = labels -> true;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aClusterOnKeyspacesComesToWhatOneOnEtcdsComesTo() throws Exception {
        List<String> expected = onEtcds();
        assertThat(differences(expected, onKeyspaces())).isEmpty();
        System.out.println("Kubernetes: " + expected.size() + " objects, the same on both");
    }

    /** Lines that one side has more often than the other: with a minus those of the first, with a plus the second's. */
    private static List<String> differences(List<String> expected, List<String> found) {
        Map<String, Integer> more = new TreeMap<>();
        expected.forEach(line -> more.merge(line, -1, Integer::sum));
        found.forEach(line -> more.merge(line, 1, Integer::sum));
        more.values().removeIf(count -> count == 0);
        return more.entrySet().stream()
                .limit(DIFFERENCES_TOLD)
                .map(entry -> (entry.getValue() < 0 ? "- " : "+ ") + entry.getKey())
                .toList();
    }

    private List<String> onEtcds() throws Exception {
        String flag = "--watch-progress-notify-interval=" + PROGRESS;
        try (EtcdProcess etcd = EtcdProcess.with(flag);
                EtcdProcess events = EtcdProcess.with(flag);
                EtcdProcess leases = EtcdProcess.with(flag);
                ControlPlane plane = ControlPlane.start(
                        folder("etcd"),
                        new ControlPlane.Stores(etcd.port(), events.port(), leases.port()),
                        EVENT_TTL)) {
            return worked(plane, () -> {});
        }
    }

    private List<String> onKeyspaces() throws Exception {
        int events = FreePorts.next();
        int leases = FreePorts.next();
        String[] settings = {
            "--set",
            "etcd.keyspaces=events:" + events + ",leases:" + leases,
            "--set",
            "watch.progress.interval=" + PROGRESS
        };
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), settings)) {
            platform.awaitReady();
            ControlPlane.Stores stores = new ControlPlane.Stores(platform.etcdPort(), events, leases);
            try (ControlPlane plane = ControlPlane.start(folder("keyspaces"), stores, EVENT_TTL)) {
                return worked(plane, () -> {
                    platform.kill();
                    platform.restart(settings);
                    platform.awaitReady();
                });
            }
        }
    }

    /** What stands between the work and its end. */
    private interface Interruption {
        void happen() throws Exception;
    }

    /** The objects that all the work leaves, without what differs each time. */
    private static List<String> worked(ControlPlane plane, Interruption interruption) throws Exception {
        plane.startControllers();
        plane.begin("nodes", "nodes made", SIZE);
        Peer observer = plane.begin("observe", "observing", SIZE);
        double loaded = plane.counted("apiserver_watch_cache_initializations_total", ALL);
        System.out.print(plane.cluster("work", SIZE));
        System.out.print(plane.cluster("check", SIZE));
        interruption.happen();
        checkKubectl(plane);
        System.out.print(plane.cluster("check", SIZE));
        System.out.print(plane.cluster("expire", with(EVENT_TTL)));
        System.out.print(observer.interrupted());
        checkCaches(plane, loaded);
        Path dump = Files.createTempFile("objects", ".txt");
        plane.cluster("dump", with(dump.toString()));
        plane.checkAlive();
        return Files.readAllLines(dump);
    }

    /** A person watches, and sees what another one does. */
    private static void checkKubectl(ControlPlane plane) throws Exception {
        String kubeconfig = "--kubeconfig=kubeconfig";
        try (Peer watch = plane.start(
                "kubectl", kubeconfig, "get", "pods", "-n", "default", "-w", "--output-watch-events", "--no-headers")) {
            assertThat(plane.kubectl("run", "seen", "--image=shop/web:1", "-n", "default"))
                    .contains("pod/seen created");
            await().atMost(PATIENCE)
                    .until(() ->
                            has(watch.printed(), "ADDED", "Pending") && has(watch.printed(), "MODIFIED", "Running"));
            assertThat(plane.kubectl("delete", "pod", "seen", "-n", "default")).contains("deleted");
            await().atMost(PATIENCE).until(() -> has(watch.printed(), "DELETED", "seen"));
        }
    }

    private static boolean has(String printed, String first, String second) {
        return printed.lines().anyMatch(line -> line.startsWith(first) && line.contains(second));
    }

    /**
     * Reads were answered from the apiserver's caches and never for want of progress from the store; each cache was compared
     * with the store and agreed; and none was loaded anew but for a resource that was defined meanwhile.
     */
    private static void checkCaches(ControlPlane plane, double loaded) throws IOException, InterruptedException {
        String reads = "apiserver_watch_cache_consistent_read_total";
        assertThat(plane.counted(reads, labels -> labels.contains("fallback=\"true\"")))
                .isZero();
        assertThat(plane.counted(reads, labels -> labels.contains("success=\"true\"")))
                .isPositive();
        String checks = "apiserver_storage_consistency_checks_total";
        assertThat(plane.counted(checks, labels -> labels.contains("status=\"failure\"")))
                .isZero();
        assertThat(plane.counted(checks, labels -> labels.contains("status=\"success\"")))
                .isPositive();
        assertThat(plane.counted("apiserver_watch_cache_initializations_total", labels -> !labels.contains("carts")))
                .isEqualTo(loaded);
    }

    private static List<String> with(String argument) {
        return Stream.concat(SIZE.stream(), Stream.of(argument)).toList();
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }
}
