package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Watches keys on one node, and goes on from behind what it was told whenever the stream ends, as etcd's clients do. When it
 * hears nothing it asks how far it is, and relies on what it is answered.
 */
final class NodeWatcher {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration AFTER_AN_END = Duration.ofMillis(50);
    private static final int READ_MOST = 200;
    private static final int PAUSE_MOST_MILLIS = 8_000;

    private final GrpcEndpoint node;
    private final String prefix;
    /** When it stops reading, and for how long; null for one that always reads. */
    private final @Nullable Random pauses;

    private final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    private volatile long last;
    private volatile boolean stopping;
    private volatile int streams;
    private volatile @Nullable AssertionError failure;
    private int untilPause;

    /** An event: each key is written once. */
    record Told(String key, long revision) {}

    NodeWatcher(GrpcEndpoint node, String prefix, @Nullable Random pauses) {
        this.node = node;
        this.prefix = prefix;
        this.pauses = pauses;
    }

    /** Until it is stopped. */
    void run() {
        try {
            watch();
        } catch (AssertionError e) {
            failure = e;
        }
    }

    private void watch() {
        while (!stopping) {
            try (WatchClient client = node.watches("", false)) {
                streams++;
                client.create(Ask.watch(prefix)
                        .setStartRevision(last + 1)
                        .setPrevKv(true)
                        .setProgressNotify(true));
                while (!stopping && !client.hasEnded()) {
                    WatchResponse response = client.within(LOOK);
                    if (response == null) {
                        client.requestProgress();
                    } else {
                        hear(response);
                        pause(client);
                    }
                }
            }
            node.connectAtOnce();
            Awaitility.await().pollDelay(AFTER_AN_END).until(() -> true);
        }
    }

    private void hear(WatchResponse response) {
        assertThat(response.getCompactRevision())
                .as("only what was told is compacted")
                .isZero();
        for (Event event : response.getEventsList()) {
            told.add(new Told(
                    event.getKv().getKey().toStringUtf8(), event.getKv().getModRevision()));
            last = event.getKv().getModRevision();
            assertThat(event.hasPrevKv()).isFalse();
            assertThat(event.getType()).isEqualTo(Event.EventType.PUT);
        }
        boolean progress = response.getEventsCount() == 0 && !response.getCreated() && !response.getCanceled();
        if (progress) {
            last = Math.max(last, response.getHeader().getRevision());
        }
    }

    private void pause(WatchClient client) {
        if (pauses != null && untilPause-- <= 0 && !stopping) {
            untilPause = pauses.nextInt(READ_MOST);
            client.stopReading();
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(pauses.nextInt(PAUSE_MOST_MILLIS)))
                    .atMost(Duration.ofMillis(2 * PAUSE_MOST_MILLIS))
                    .until(() -> true);
            client.readOn();
        }
    }

    void stop() {
        stopping = true;
    }

    /** The newest revision up to which it was told everything. */
    long last() {
        AssertionError failed = failure;
        if (failed != null) {
            throw failed;
        }
        return last;
    }

    /** In how many pieces it was told. */
    int streams() {
        return streams;
    }

    String prefix() {
        return prefix;
    }

    /** Each key was written once, so each event is another one, and revisions rise. */
    List<Told> told() {
        List<Told> all = List.copyOf(told);
        assertThat(all).extracting(Told::revision).isSorted().doesNotHaveDuplicates();
        return all;
    }
}
