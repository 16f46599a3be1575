package io.tidemark.watch.view;

import io.tidemark.revision.machine.KeyRange;

/**
 * What a client wants to be told.
 *
 * @param rate events a second, at most; 0 for any number
 */
public record TopicRequest(KeyRange range, Start start, Shape shape, int rate) {}
