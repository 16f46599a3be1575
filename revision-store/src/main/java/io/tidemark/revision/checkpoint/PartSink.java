package io.tidemark.revision.checkpoint;

/** Takes the parts of a checkpoint as they are read. */
@FunctionalInterface
interface PartSink {
    /** Looks at none of them: they are only to be checked. */
    PartSink NONE = part -> {};

    void take(FilePart part) throws DamagedCheckpointException;
}
