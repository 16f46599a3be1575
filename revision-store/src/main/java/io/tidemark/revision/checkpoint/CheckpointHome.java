package io.tidemark.revision.checkpoint;

/** Where the checkpoints of a keyspace's image are. */
@FunctionalInterface
public interface CheckpointHome {
    /** Opens them; to be closed soon, as they are not asked often. */
    CheckpointTopic open();
}
