package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.tidemark.revision.log.MemoryLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several watches on one stream, as etcd's clients count on them: {@code server/etcdserver/api/v3rpc/watch.go}, {@code
 * server/storage/mvcc/watcher.go} and what a real etcd 3.7.3 did. What single watches tell of a history is compared with
 * recordings of it ({@link StoreTest}).
 */
class WatchTest {
    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static StoreEndpoint store;

    @BeforeAll
    static void begin() {
        store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("shared"), 1024L * MIB);
    }

    @AfterAll
    static void end() throws Exception {
        store.close();
    }

    @Test
    void idsAreFreeOnesFromZeroOnAndNotUsedAgain() {
        try (WatchClient client = store.watches()) {
            client.create(Ask.watch("ids/"));
            client.create(Ask.watch("ids/").setWatchId(1));
            client.create(Ask.watch("ids/"));
            client.create(Ask.watch("ids/").setWatchId(-7));
            assertThat(List.of(client.next(), client.next(), client.next(), client.next()))
                    .allMatch(WatchResponse::getCreated)
                    .extracting(WatchResponse::getWatchId)
                    .containsExactly(0L, 1L, 2L, -7L);
            client.create(Ask.watch("ids/").setWatchId(2));
            WatchResponse refused = client.next();
            assertThat(refused.getCreated() && refused.getCanceled()).isTrue();
            assertThat(refused.getWatchId()).isEqualTo(-1);
            assertThat(refused.getCancelReason()).isEqualTo("mvcc: duplicate watch ID provided on the WatchStream");

            client.cancel(0);
            WatchResponse canceled = client.next();
            assertThat(canceled.getCanceled()).isTrue();
            assertThat(canceled.getWatchId()).isZero();
            assertThat(canceled.getCancelReason()).isEmpty();
            client.cancel(0);
            client.cancel(99);
            client.create(Ask.watch("ids/"));
            assertThat(client.next().getWatchId())
                    .as("nothing is said of the unknown")
                    .isEqualTo(3);

            client.cancel(3);
            client.next();
            client.create(Ask.watch("ids/"));
            assertThat(client.next().getWatchId()).isEqualTo(4);
        }
    }

    @Test
    void progressIsToldOnceForAllAndNeverWhileOneBeginsLater() {
        try (WatchClient client = store.watches()) {
            client.requestProgress();
            client.hearsNothing();
            client.create(Ask.watch("progress/"));
            client.create(Ask.watch("progress/").setStartRevision(1));
            client.next();
            client.next();
            long revision = Ask.write(store, "progress/a", "x");
            Set<Long> told = new HashSet<>();
            while (told.size() < 2) {
                WatchResponse next = client.next();
                if (next.getEventsList().stream()
                        .anyMatch(event -> event.getKv().getModRevision() == revision)) {
                    told.add(next.getWatchId());
                }
            }
            client.requestProgress();
            WatchResponse progress = client.next();
            assertThat(progress.getWatchId()).isEqualTo(-1);
            assertThat(progress.getEventsCount()).isZero();
            assertThat(progress.getHeader().getRevision()).isGreaterThanOrEqualTo(revision);

            client.create(Ask.watch("progress/").setStartRevision(revision + 1_000_000));
            assertThat(client.next().getCreated()).isTrue();
            client.requestProgress();
            client.hearsNothing();
        }
    }

    @Test
    void aLargeRevisionComesInFragmentsThatNothingComesBetween() throws Exception {
        try (WatchClient client = store.watches()) {
            client.create(Ask.watch("large/").setFragment(true).setPrevKv(true));
            client.create(Ask.watch("large/"));
            client.next();
            client.next();
            long revision = 0;
            for (int i = 0; i < 9; i++) {
                revision = Ask.write(store, "large/" + i, "v".repeat(MIB / 2));
            }
            for (int i = 0; i < 18; i++) {
                client.next();
            }
            Ask.done(store, Ask.delete("large/", "large0"));
            List<WatchResponse> ofFragments = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            while (ids.stream().distinct().count() < 2 || ofFragments.getLast().getFragment()) {
                WatchResponse next = client.next();
                ids.add(next.getWatchId());
                if (next.getWatchId() == 0) {
                    ofFragments.add(next);
                }
            }
            assertThat(ofFragments).hasSize(3).allMatch(part -> part.getSerializedSize() <= 2 * MIB);
            assertThat(ofFragments).extracting(WatchResponse::getFragment).containsExactly(true, true, false);
            assertThat(ofFragments.stream()
                            .mapToInt(WatchResponse::getEventsCount)
                            .sum())
                    .isEqualTo(9);
            assertThat(ids.indexOf(0L)).isEqualTo(ids.lastIndexOf(0L) - 2);
            long deleted = revision + 1;
            assertThat(ofFragments)
                    .allMatch(part -> part.getEventsList().stream()
                            .allMatch(event -> event.getKv().getModRevision() == deleted && event.hasPrevKv()));
        }
    }

    @Test
    void whoHearsNothingIsToldHowFarItIs() throws Exception {
        try (StoreEndpoint other = new StoreEndpoint(
                        LOOPS.vertx(),
                        folder.resolve("notices"),
                        (keyspace, codec) -> new MemoryLog(codec.key()),
                        Map.of("watch.progress.interval", "500ms"));
                WatchClient client = other.watches()) {
            client.create(Ask.watch("notices/").setProgressNotify(true));
            client.create(Ask.watch("notices/"));
            client.next();
            client.next();
            WatchResponse notice = client.next();
            assertThat(notice.getWatchId()).isZero();
            assertThat(notice.getEventsCount()).isZero();
            assertThat(notice.getHeader().getRevision()).isEqualTo(1);
            assertThat(client.next().getWatchId()).isZero();
        }
    }

    @Test
    void aCacheIsToldHowFarItIsWhenSomebodyReadsTheNewestRevision() {
        try (WatchClient client = store.watches()) {
            client.create(Ask.watch("caches/pods/").setProgressNotify(true));
            client.create(Ask.watch("caches/pods/"));
            client.create(Ask.watch("caches/nodes/").setProgressNotify(true));
            client.create(Ask.watch("caches/pods/a").setProgressNotify(true));
            for (int i = 0; i < 4; i++) {
                client.next();
            }
            long revision = Ask.write(store, "caches/other", "x");
            Ask.done(store, Ask.range("caches/pods"));
            WatchResponse notice = client.next();
            assertThat(notice.getWatchId()).isZero();
            assertThat(notice.getEventsCount()).isZero();
            assertThat(notice.getCreated() || notice.getCanceled()).isFalse();
            assertThat(notice.getHeader().getRevision()).isGreaterThanOrEqualTo(revision);

            Ask.done(store, Ask.range("caches/pods")); // it knows
            Ask.done(store, Ask.range("caches/pods").setRevision(revision));
            long later = Ask.write(store, "caches/pods/a", "x");
            Ask.done(store, Ask.range("caches/pods/a")); // is there
            assertThat(List.of(client.next(), client.next(), client.next()))
                    .allMatch(told -> told.getEventsCount() == 1)
                    .extracting(WatchResponse::getWatchId)
                    .containsExactlyInAnyOrder(0L, 1L, 3L);
            Ask.done(store, Ask.range("caches/nodes"));
            WatchResponse nodes = client.next();
            assertThat(nodes.getWatchId()).isEqualTo(2);
            assertThat(nodes.getHeader().getRevision()).isGreaterThanOrEqualTo(later);
        }
    }

    @Test
    void onlyWhoMayReadARangeMayWatchIt() throws Exception {
        try (StoreEndpoint other = new StoreEndpoint(LOOPS.vertx(), folder.resolve("users"))) {
            Ask.enableUsers(other, "secret");
            try (WatchClient nobody = other.watches();
                    WatchClient root = other.watches(Ask.token(other, "secret"), false)) {
                nobody.create(Ask.watch("a"));
                WatchResponse refused = nobody.next();
                assertThat(refused.getCreated() && refused.getCanceled()).isTrue();
                assertThat(refused.getWatchId()).isEqualTo(-1);
                assertThat(refused.getCancelReason())
                        .isEqualTo("rpc error: code = InvalidArgument desc = etcdserver: user name is empty");
                root.create(Ask.watch("a"));
                assertThat(root.next().getCanceled()).isFalse();
            }
        }
    }

    @Test
    void whatIsNoRequestEndsTheStreamAndNothingElse() {
        try (WatchClient client = store.watches();
                WatchClient broken = store.watches()) {
            client.create(Ask.watch("broken/"));
            client.next();
            broken.sendBytes(new byte[] {0x0a, 0x7f});
            assertThat(broken.ended().getCode()).isEqualTo(Status.Code.INTERNAL);
            Ask.write(store, "broken/a", "x");
            assertThat(client.next().getEventsCount()).isEqualTo(1);
        }
    }
}
