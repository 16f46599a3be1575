package io.tidemark.revision.checkpoint;

/**
 * A record of the topic, as it is understood.
 *
 * @param checkpoint id of the checkpoint that it belongs to
 * @param number records of that checkpoint before it
 */
record CheckpointRecord(String checkpoint, long number, CheckpointContent content) {}
