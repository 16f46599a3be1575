package io.tidemark.revision.sequencer;

import java.time.Duration;

/**
 * Bounds of the writer.
 *
 * @param queuedRequests most requests that wait to be decided; further ones are refused at once
 * @param groupRequests most requests whose outcome is appended together
 * @param groupBytes most bytes of a group's records; one that is larger goes alone
 * @param retryPause how long to wait before asking a log again that could not be asked
 */
public record SequencerSettings(int queuedRequests, int groupRequests, int groupBytes, Duration retryPause) {}
