package io.tidemark.watch.view;

import java.util.List;

/**
 * What is told of some events.
 *
 * @param unanswered how many of them there are for which the filter came to nothing
 * @param why it did so first; empty when there are none
 */
public record Telling(List<Told> told, int unanswered, String why) {}
