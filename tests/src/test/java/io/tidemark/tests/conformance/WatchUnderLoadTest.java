package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ClientCall;
import io.tidemark.revision.RevisionMetric;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.watch.WatchMetric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Watches while much is written: who joins, who does not read, who leaves. */
class WatchUnderLoadTest {
    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    private static final FreshStores STORES = new FreshStores();

    private final StoreEndpoint store = STORES.next();

    @Test
    void whoBeginsWhileOthersWriteMissesNothingAndHearsNothingTwice() {
        long first = Ask.write(store, "joined/0", "x") + 1;
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 500; i++) {
                Ask.write(store, "joined/" + i % 10, "x");
            }
        });
        List<WatchClient> clients = new ArrayList<>();
        while (!writing.isDone() && clients.size() < 40) {
            WatchClient client = store.watches();
            client.create(Ask.watch("joined/").setStartRevision(first));
            clients.add(client);
            Awaitility.await().pollDelay(Duration.ofMillis(20)).until(() -> true);
        }
        writing.join();
        long last = Ask.write(store, "joined/last", "x");
        for (WatchClient client : clients) {
            assertThat(client.next().getCreated()).isTrue();
            List<Long> revisions = new ArrayList<>();
            while (revisions.isEmpty() || revisions.getLast() < last) {
                client.next().getEventsList().stream()
                        .map(event -> event.getKv().getModRevision())
                        .forEach(revisions::add);
            }
            List<Long> own = LongStream.rangeClosed(first, last).boxed().toList();
            assertThat(revisions)
                    .isSubsetOf(own)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .hasSize(501);
            client.close();
        }
    }

    @Test
    void whoDoesNotReadHoldsUpNobodyAndIsToldEverythingLater() {
        try (WatchClient slow = store.watches();
                WatchClient quick = store.watches()) {
            slow.create(Ask.watch("slow/"));
            quick.create(Ask.watch("slow/"));
            slow.next();
            quick.next();
            slow.stopReading();
            String value = "v".repeat(100_000);
            for (int i = 0; i < 300; i++) {
                long revision = Ask.write(store, "slow/" + i % 3, value);
                assertThat(quick.next().getEvents(0).getKv().getModRevision()).isEqualTo(revision);
            }
            slow.readOn();
            List<Event> told = new ArrayList<>();
            while (told.size() < 300) {
                told.addAll(slow.next().getEventsList());
            }
            assertThat(told)
                    .extracting(event -> event.getKv().getModRevision())
                    .isSorted()
                    .doesNotHaveDuplicates();
            slow.hearsNothing();
        }
    }

    @Test
    void whoLeavesLeavesNothingBehind() {
        for (int i = 0; i < 30; i++) {
            Ask.done(store, Ask.put("left/" + i, "v".repeat(MIB)));
        }
        WatchClient cancels = store.watches();
        WatchClient hasSaidAll = store.watches();
        for (WatchClient client : List.of(cancels, hasSaidAll)) {
            client.create(Ask.watch("left/"));
            assertThat(client.next().getCreated()).isTrue();
        }
        hasSaidAll.saysNothingMore();
        byte[] all = Ask.range("left/", "left0").build().toByteArray();
        ClientCall<byte[], byte[]> pieces = store.unread("etcdserverpb.KV/RangeStream", all);
        await(() -> store.gauge(RevisionMetric.VIEWS) == 1);
        assertThat(store.gauge(WatchMetric.WATCHERS)).isEqualTo(2);

        cancels.close();
        hasSaidAll.close();
        pieces.cancel("seen enough", null);

        await(() -> store.gauge(WatchMetric.WATCHERS) == 0);
        await(() -> store.gauge(RevisionMetric.VIEWS) == 0);
    }

    private static void await(Callable<Boolean> holds) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(holds);
    }
}
