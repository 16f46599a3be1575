package io.tidemark.revision.checkpoint;

/**
 * Bytes of a file of the image.
 *
 * @param file its name, without a folder
 * @param offset where in it they stand
 * @param bytes not to be changed; none when the file is empty
 */
@SuppressWarnings("ArrayRecordComponent") // identified by its place, never compared
record FilePart(String file, long offset, byte[] bytes) implements CheckpointContent {
    /** Most bytes of one part. */
    static final int BYTES_MAX = 512 * 1024;
}
