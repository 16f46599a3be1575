package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;

/** Watches keys on one node, and goes on from behind what it was told whenever the stream ends, as etcd's clients do. */
final class NodeWatcher {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration AFTER_AN_END = Duration.ofMillis(50);

    private final GrpcEndpoint node;
    private final String prefix;
    private final List<Event> told = Collections.synchronizedList(new ArrayList<>());
    private volatile long last;
    private volatile boolean stopping;
    private volatile int streams;

    NodeWatcher(GrpcEndpoint node, String prefix) {
        this.node = node;
        this.prefix = prefix;
    }

    /** Until it is stopped. */
    void run() {
        while (!stopping) {
            try (WatchClient client = node.watches("", false)) {
                streams++;
                client.create(Ask.watch(prefix).setStartRevision(last + 1).setPrevKv(true));
                while (!stopping && !client.hasEnded()) {
                    WatchResponse response = client.within(LOOK);
                    if (response != null) {
                        hear(response);
                    }
                }
            }
            Awaitility.await().pollDelay(AFTER_AN_END).until(() -> true);
        }
    }

    private void hear(WatchResponse response) {
        for (Event event : response.getEventsList()) {
            told.add(event);
            last = event.getKv().getModRevision();
        }
    }

    void stop() {
        stopping = true;
    }

    /** The newest revision that it was told of. */
    long last() {
        return last;
    }

    /** In how many pieces it was told. */
    int streams() {
        return streams;
    }

    /** Each key was written once, so each event is another one, and revisions rise. */
    List<Event> told() {
        List<Event> all = List.copyOf(told);
        assertThat(all)
                .extracting(event -> event.getKv().getModRevision())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(all).noneMatch(Event::hasPrevKv).allMatch(event -> event.getType() == Event.EventType.PUT);
        return all;
    }
}
