package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.TimedWrites.putLater;
import static io.tidemark.tests.conformance.TimedWrites.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.revision.cli.StoreShell;
import io.tidemark.revision.etcd.proto.RevisionTime;
import io.tidemark.tests.conformance.TopicReader.Heard;
import io.tidemark.watch.WatchMetric;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A watch topic that begins at a time tells everything that was written after it, or that this cannot be. */
class TopicSinceTest {
    @RegisterExtension
    private static final FreshStores STORES = new FreshStores();

    private final StoreEndpoint store = STORES.next();

    private List<Long> revisions(String since, long last) {
        try (TopicReader reader = TopicReader.open(store, "?since=" + since)) {
            return reader.changesUntil(last).stream().map(Heard::revision).toList();
        }
    }

    @Test
    void whatWasWrittenAtTheTimeItselfIsNotToldAndEverythingAfterItIs() throws InterruptedException {
        putLater(store, "k", "1");
        RevisionTime second = putLater(store, "k", "2");
        RevisionTime third = putLater(store, "k", "3");
        long last = Ask.write(store, "k", "4");
        assertThat(revisions(text(second.getMicros()), last).getFirst()).isEqualTo(second.getRevision() + 1);
        assertThat(revisions(text(third.getMicros()), last)).containsExactly(last);
        assertThat(revisions(text(second.getMicros() - 1), last)).contains(second.getRevision());
        try (TopicSocket socket = new TopicSocket(store, "?since=" + text(third.getMicros()))) {
            assertThat(socket.changesUntil(last)).hasSize(1);
        }
    }

    @Test
    void aTimeBeforeTheFirstRevisionIsTheBeginning() {
        long first = Ask.write(store, "k", "1");
        for (String since : List.of("1970-01-01", "2026-01-01T00:00:00Z", "1d", "36500d")) {
            assertThat(revisions(since, first)).as(since).containsExactly(first);
        }
    }

    @Test
    void aTimeToComeAndAnEmptyKeyspaceAreAsNow() {
        try (TopicReader empty = TopicReader.open(store, "?since=1m")) {
            long first = Ask.write(store, "k", "1");
            assertThat(empty.changesUntil(first)).hasSize(1);
            try (TopicReader later = TopicReader.open(store, "?since=9000-01-01")) {
                later.until(heard -> heard.name().equals("bookmark"));
                long second = Ask.write(store, "k", "2");
                assertThat(later.changesUntil(second)).hasSize(1);
            }
        }
    }

    @Test
    void aTimeAfterWhichSomethingWasCompactedIsRefusedWithTheOldestThatIsThere() {
        RevisionTime first = putLater(store, "k", "1");
        putLater(store, "k", "2");
        RevisionTime third = putLater(store, "k", "3");
        long last = putLater(store, "k", "4").getRevision();
        Ask.done(store, Ask.compact(third.getRevision()));
        for (String since : List.of("1970-01-01", text(first.getMicros()), text(third.getMicros() - 1))) {
            HttpResponse<String> refused = TopicReader.refused(store, "?since=" + since);
            assertThat(refused.statusCode()).as(since).isEqualTo(410);
            JsonNode problem = TopicReader.json(refused.body());
            assertThat(problem.path("oldest").asLong()).isEqualTo(third.getRevision());
            assertThat(problem.path("oldestTime").asText()).isEqualTo(text(third.getMicros()));
        }
        Awaitility.await().until(() -> store.gauge(WatchMetric.TOPICS) == 0);
        assertThat(revisions(text(third.getMicros()), last).getFirst()).isEqualTo(third.getRevision() + 1);
    }

    @Test
    void whoIsCutOffBeforeTheFirstEventBeginsWhereTheTopicDid() {
        Ask.write(store, "other", "x");
        for (String query : List.of("?key=k&since=1", "?key=k", "?key=k&since=9000-01-01")) {
            TopicReader cut = TopicReader.open(store, query);
            cut.start();
            cut.close();
            long missed = Ask.write(store, "k", "1");
            try (TopicReader again = TopicReader.again(store, "?key=k", cut.lastId())) {
                assertThat(again.changesUntil(missed)).as(query).hasSize(1);
            }
        }
    }

    @Test
    void theCommandLineTakesTimesAsGetAtDoes() {
        RevisionTime second = putLater(store, "k", "2");
        long last = putLater(store, "k", "3").getRevision();
        assertThat(watch(text(second.getMicros())).out())
                .startsWith(second.getRevision() + 1 + " PUT k")
                .contains("3");
        assertThat(watch("15m").out()).startsWith("2 PUT k");
        Ask.done(store, Ask.compact(last));
        StoreShell.Outcome gone = watch("15m");
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err()).contains("was compacted: the oldest that is there is revision " + last);
        StoreShell.Outcome none = watch("yesterday");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("a time such as 2026-11-23T08:17:47Z").contains("found 'yesterday'");
    }

    private StoreShell.Outcome watch(String since) {
        return StoreShell.run(
                List.of(
                        "watch",
                        "k",
                        "--since=" + since,
                        "--limit=1",
                        "--server=http://" + store.topics().getAuthority()),
                "");
    }
}
