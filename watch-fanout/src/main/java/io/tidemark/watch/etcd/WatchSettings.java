package io.tidemark.watch.etcd;

import io.tidemark.revision.store.EventPage;
import java.time.Duration;

/**
 * What watching may take.
 *
 * @param progressInterval after which who wants to be told that nothing happened is
 * @param recentRevisions that are held for all watchers, a power of two
 * @param recentBytes of their events
 * @param part of the history that is read at a time
 */
public record WatchSettings(Duration progressInterval, int recentRevisions, long recentBytes, EventPage.Most part) {}
