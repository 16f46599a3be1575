package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.cli.StoreShell;
import io.tidemark.watch.WatchMetric;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark watch}, beyond what etcdctl does ({@link CommandsTest}): it outlives connections, and knows objects. */
class WatchCommandTest {
    private static final String POD =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"labels\":{\"app\":\"%s\"}},\"spec\":{\"n\":%d}}";
    private static final int WRITES = 120;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static StoreEndpoint store;

    @BeforeAll
    static void begin() {
        store = new StoreEndpoint(LOOPS.vertx(), folder);
    }

    @AfterAll
    static void end() {
        store.close();
    }

    @Test
    void aBrokenConnectionToTheEtcdPortIsMadeAgainWithoutAGap() throws Exception {
        try (CutConnections between = new CutConnections(LOOPS.vertx(), store.port())) {
            expectAllThatIsWritten(
                    "etcd/", between, List.of("--endpoints", "127.0.0.1:" + between.port(), "etcd/", "--prefix"));
        }
    }

    @Test
    void aBrokenConnectionToTheHttpPortIsMadeAgainWithoutAGap() throws Exception {
        try (CutConnections between =
                new CutConnections(LOOPS.vertx(), store.topics().getPort())) {
            expectAllThatIsWritten(
                    "http/",
                    between,
                    List.of(
                            "--server",
                            "http://127.0.0.1:" + between.port(),
                            "http/",
                            "--prefix",
                            "--keyspace=default"));
        }
    }

    private static void expectAllThatIsWritten(String prefix, CutConnections between, List<String> where)
            throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of("watch", "--limit", String.valueOf(WRITES)));
        words.addAll(where);
        words.addAll(List.of("--rev", String.valueOf(Ask.write(store, "begin", "x") + 1)));
        CompletableFuture<StoreShell.Outcome> watching = CompletableFuture.supplyAsync(() -> StoreShell.run(words, ""));
        int cut = 0;
        for (int i = 0; i < WRITES; i++) {
            Ask.write(store, prefix + i, "value " + i);
            if (i % 40 == 20) {
                Awaitility.await().until(() -> store.gauge(WatchMetric.WATCHERS) > 0 && between.cut() > 0);
                cut++;
            }
        }
        StoreShell.Outcome outcome = watching.get(60, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()
                        .lines()
                        .filter(line -> line.contains(prefix))
                        .map(line -> line.substring(line.indexOf(prefix))))
                .containsExactlyElementsOf(
                        IntStream.range(0, WRITES).mapToObj(i -> prefix + i).toList());
        assertThat(cut).isEqualTo(3);
        assertThat(outcome.err()).contains("the connection broke").contains("connected again");
    }

    @Test
    void differencesAndSelectionsArePrintedForPeople() {
        long first = Ask.write(store, "/registry/pods/shop/a", POD.formatted("web", 1));
        Ask.write(store, "/registry/pods/shop/b", POD.formatted("api", 1));
        Ask.write(store, "/registry/pods/shop/a", POD.formatted("web", 2));
        Ask.write(store, "/registry/pods/shop/a", POD.formatted("api", 2));
        List<String> diff = List.of(
                "watch",
                "--resource=pods",
                "-n",
                "shop",
                "--diff",
                "-l",
                "app=web",
                "--since=" + first,
                "--limit=3",
                server());
        StoreShell.Outcome told = StoreShell.run(diff, "");
        assertThat(told.out())
                .as(told.err())
                .isEqualTo(first + " PUT /registry/pods/shop/a\n  " + asOf(first, POD.formatted("web", 1)) + "\n"
                        + (first + 2)
                        + " PUT /registry/pods/shop/a\n  /spec/n: 1 -> 2\n" + (first + 3)
                        + " DELETE /registry/pods/shop/a (left the selection)\n");
        List<String> json =
                List.of("watch", "/registry/pods/shop/b", "--since=" + first, "--limit=1", "-w", "json", server());
        assertThat(StoreShell.run(json, "").out())
                .startsWith(
                        "{\"event\":\"put\",\"id\":" + (first + 1) + ",\"data\":{\"key\":\"/registry/pods/shop/b\",");
    }

    /** As kube-apiserver answers it. */
    private static String asOf(long revision, String pod) {
        return pod.replace("\"metadata\":{", "\"metadata\":{\"resourceVersion\":\"" + revision + "\",");
    }

    private static String server() {
        return "--server=http://" + store.topics().getAuthority();
    }

    @Test
    void whatCannotBeIsRefusedWithTheRightCode() {
        assertThat(codes(List.of(
                        List.of("watch", "--endpoints=127.0.0.1:" + store.port()),
                        List.of("watch", "a", "--since=never", server()),
                        List.of("watch", "--resource=pods", "a", server()),
                        List.of("watch", "a", "--keyspace=none", server()),
                        List.of("watch", "a", "--since=1", "--server=http://127.0.0.1:1"),
                        List.of("watch", "a", "--endpoints=127.0.0.1:1"))))
                .isEqualTo("2 2 2 3 4 4");
    }

    private static String codes(List<List<String>> lines) {
        return lines.stream()
                .map(line -> String.valueOf(StoreShell.run(line, "").code()))
                .collect(Collectors.joining(" "));
    }
}
