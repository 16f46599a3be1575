package io.tidemark.revision.checkpoint;

/** What a record has of a checkpoint. */
sealed interface CheckpointContent permits FilePart, Manifest {}
