package io.tidemark.watch;

import io.tidemark.service.MetricSpec;
import io.tidemark.topic.Topics;
import java.util.List;

/** Every metric of watching, each told by keyspace. */
public enum WatchMetric implements MetricSpec {
    WATCHERS("tidemark_watch_open_watchers", Type.GAUGE, "Watchers that there are."),
    AWAY(
            "tidemark_watch_behind_watchers",
            Type.GAUGE,
            "Of them, those that read the history or wait for their clients. Worry when it does not fall."),
    EVENTS("tidemark_watch_told_events_total", Type.COUNTER, "Events that watchers were told."),
    PARTS("tidemark_watch_history_parts_total", Type.COUNTER, "Parts of the history that were read."),
    LAGS(
            "tidemark_watch_lags_total",
            Type.COUNTER,
            "How often a watcher had to wait for its client, or was overtaken. Worry when it grows fast."),
    AWAITED_NOTICES(
            "tidemark_watch_awaited_notices_total",
            Type.COUNTER,
            "How often a watcher of a cache was told how far it is because somebody read the newest revision."),
    RECENT("tidemark_watch_recent_bytes", Type.GAUGE, "Newest events that are held for all watchers."),
    WAITING(
            "tidemark_watch_waiting_calls",
            Type.GAUGE,
            "Calls that wait for a lock or to be elected, or observe an election; each has a watcher as well. Worry when it nears"
                    + " watch.lock.waiting."),
    TOPICS(
            "tidemark_watch_topic_clients",
            Type.GAUGE,
            "Clients of watch topics on the HTTP port; each has a watcher as well. Worry when it nears watch.topic.clients."),
    TOPIC_EVENTS("tidemark_watch_topic_events_total", Type.COUNTER, "Events that clients of watch topics were told."),
    TOPIC_UNANSWERED(
            "tidemark_watch_topic_unanswered_events_total",
            Type.COUNTER,
            "Events for which the filter of a watch topic's client came to nothing, as a member was not there. They are not told.");

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy that nobody changes
    private final Definition definition;

    WatchMetric(String metricName, Type type, String help) {
        this.definition = new Definition(metricName, type, help, List.of(Tag.upTo(Topics.KEYSPACES_MAX, "keyspace")));
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
