package io.tidemark.watch.topic;

import java.time.Duration;

/**
 * What topics may take.
 *
 * @param clientsMax of a keyspace
 * @param bookmarks after which who was told nothing is told how far it is
 * @param usersOnly whether nobody is let in unless the keyspace has users, who are asked for
 * @param unreadBytes that are held for one client, at most, but for the part that goes beyond
 */
public record TopicSettings(int clientsMax, Duration bookmarks, boolean usersOnly, int unreadBytes) {}
