package io.tidemark.revision.checkpoint;

class MemoryCheckpointTopicTest extends CheckpointTopicContract {
    @Override
    protected CheckpointTopic open() {
        return new MemoryCheckpointTopic(KEY);
    }
}
