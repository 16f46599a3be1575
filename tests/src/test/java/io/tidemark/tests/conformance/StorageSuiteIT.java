package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.watch.WatchConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tests that Kubernetes has of its own storage layer, the watch cache on it and the registry above: they come to the
 * same on fresh stores as on fresh etcds, and all of them pass. {@code tests/peers/kubernetes/build} compiles them.
 */
@Tag("kubernetes")
class StorageSuiteIT {
    private static final Path PEERS = Path.of("peers", "kubernetes", "target").toAbsolutePath();
    private static final long PATIENCE_MINUTES = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private final AtomicInteger images = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"etcd3, storage/etcd3", "cacher, storage/cacher", "registry, registry/generic/registry"})
    void whatKubernetesExpectsOfAStoreHolds(String suite, String source) throws Exception {
        Map<String, String> expected;
        try (FreshServers servers = new FreshServers(this::etcd)) {
            expected = results(suite, source, servers, folder.resolve(suite + "-etcd"));
        }
        try (FreshServers servers = new FreshServers(this::store)) {
            assertThat(results(suite, source, servers, folder.resolve(suite + "-store")))
                    .isEqualTo(expected);
        }
        assertThat(expected).isNotEmpty().doesNotContainValue("FAIL");
        System.out.println("Kubernetes' " + suite + ": " + expected.size() + " tests, the same on both");
    }

    private FreshServers.Server etcd(String progress) throws IOException {
        EtcdProcess etcd = EtcdProcess.with("--watch-progress-notify-interval=" + progress);
        return new FreshServers.Server(etcd.port(), etcd::close);
    }

    private FreshServers.Server store(String progress) {
        StoreEndpoint store = new StoreEndpoint(
                LOOPS.vertx(),
                folder.resolve("image" + images.getAndIncrement()),
                Map.of(WatchConfig.PROGRESS.name(), progress),
                null);
        ask(store);
        return new FreshServers.Server(store.port(), store::close);
    }

    /**
     * Asks for all that a write takes and changes nothing. The suite's first test gives a first write on a new connection
     * 100 ms, and the first call of all in a JVM loads some 360 classes; a process that serves has been called before.
     */
    private static void ask(StoreEndpoint store) {
        TxnRequest.Builder nothing = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setKey(Ask.bytes("never"))
                        .setVersion(1))
                .addSuccess(RequestOp.newBuilder().setRequestPut(Ask.put("never", "")))
                .addFailure(RequestOp.newBuilder().setRequestRange(Ask.range("never")));
        Ask.done(store, nothing);
    }

    /** What each test came to, by its name: PASS, FAIL or SKIP. */
    private static Map<String, String> results(String suite, String source, FreshServers servers, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder tests = new ProcessBuilder(
                        PEERS.resolve("storage-" + suite + ".test").toString(),
                        "-test.v",
                        "-test.parallel=2",
                        "-test.timeout=" + PATIENCE_MINUTES + "m")
                .directory(PEERS.resolve("apiserver/pkg").resolve(source).toFile()) // some read files beside them
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        tests.environment().put("SUITE_SERVERS", servers.url());
        Process process = tests.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES + 1, TimeUnit.MINUTES)) {
                throw new AssertionError("the tests do not end, see " + log);
            }
        } finally {
            process.destroyForcibly();
        }
        Map<String, String> found = new TreeMap<>();
        for (String line :
                Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList()) {
            String[] words = line.strip().split(" ", 4);
            if (words.length > 2 && words[0].equals("---")) {
                found.put(words[2], words[1].replace(":", ""));
            }
        }
        return found;
    }
}
