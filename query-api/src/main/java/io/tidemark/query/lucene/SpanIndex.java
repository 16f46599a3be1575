package io.tidemark.query.lucene;

import io.tidemark.query.span.LogPositions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.MMapDirectory;

/**
 * One open Lucene index with what its last commit says about itself. The log positions lie in the commit's user data,
 * so a commit moves spans and positions together.
 */
record SpanIndex(Directory directory, IndexWriter writer, SearcherManager searchers, CommitData committed) {
    private static final int MERGES_WAITING = 4;
    /** Twice Lucene's own: a span is written again less often, and a query looks at some segments more. */
    private static final int SEGMENTS_PER_TIER = 16;
    /** Segments up to this size are merged as if they cost nothing; what a refresh under load makes is larger. */
    private static final double SMALL_MEGABYTES = 2;

    /**
     * What a commit holds besides spans.
     *
     * @param positions log positions behind everything in it
     * @param sequence number of the newest span in it
     * @param acceptedMicros newest acceptance; Long.MIN_VALUE when there was none
     */
    record CommitData(LogPositions positions, long sequence, long acceptedMicros) {
        static final CommitData EMPTY = new CommitData(LogPositions.NONE, 0, Long.MIN_VALUE);
        private static final String LAYOUT = "layout";
        private static final String POSITIONS = "positions";
        private static final String SEQUENCE = "sequence";
        private static final String ACCEPTED = "accepted";

        Map<String, String> text() {
            return Map.of(
                    LAYOUT, SpanDocument.LAYOUT,
                    POSITIONS, positions.text(),
                    SEQUENCE, Long.toString(sequence),
                    ACCEPTED, Long.toString(acceptedMicros));
        }

        static CommitData parse(Map<String, String> text) throws OtherLayoutException {
            String layout = text.getOrDefault(LAYOUT, "none");
            if (!layout.equals(SpanDocument.LAYOUT)) {
                throw new OtherLayoutException("layout " + layout + ", this version reads " + SpanDocument.LAYOUT);
            }
            return new CommitData(
                    LogPositions.parse(text.getOrDefault(POSITIONS, "")),
                    Long.parseLong(text.getOrDefault(SEQUENCE, "0")),
                    Long.parseLong(text.getOrDefault(ACCEPTED, Long.toString(Long.MIN_VALUE))));
        }
    }

    /** The index was written by a version whose documents look different. */
    static final class OtherLayoutException extends IOException {
        private static final long serialVersionUID = 1L;

        OtherLayoutException(String message) {
            super(message);
        }
    }

    static SpanIndex open(Path folder, double bufferMegabytes) throws IOException {
        Files.createDirectories(folder);
        Directory directory = FSDirectory.open(folder);
        IndexWriter writer = null;
        try {
            writer = new IndexWriter(directory, config(bufferMegabytes));
            Map<String, String> data = data(writer);
            CommitData committed = data.isEmpty() ? CommitData.EMPTY : CommitData.parse(data);
            return new SpanIndex(directory, writer, new SearcherManager(writer, new SearcherFactory()), committed);
        } catch (IOException | RuntimeException e) {
            if (writer != null) {
                writer.rollback();
            }
            directory.close();
            throw e;
        }
    }

    /** Deletes every file of the index; the folder stays. */
    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Directory directory = new MMapDirectory(folder)) {
            for (String file : directory.listAll()) {
                Files.deleteIfExists(folder.resolve(file));
            }
        }
    }

    void commit(CommitData data) throws IOException {
        writer.setLiveCommitData(data.text().entrySet());
        writer.commit();
    }

    /** Lets go of files and memory; what was not committed is lost. */
    void close() throws IOException {
        searchers.close();
        writer.close();
        directory.close();
    }

    /** Lets go of files and memory of an index that may be broken. */
    void abandon() throws IOException {
        searchers.close();
        writer.rollback();
        directory.close();
    }

    private static IndexWriterConfig config(double bufferMegabytes) {
        ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
        merges.setMaxMergesAndThreads(MERGES_WAITING, 1);
        return new IndexWriterConfig()
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                .setRAMBufferSizeMB(bufferMegabytes)
                // a refresh under load makes segments that are soon merged: putting each into one file first is wasted
                .setUseCompoundFile(false)
                .setMergePolicy(new TieredMergePolicy()
                        .setSegmentsPerTier(SEGMENTS_PER_TIER)
                        .setFloorSegmentMB(SMALL_MEGABYTES))
                .setMergeScheduler(merges)
                .setCommitOnClose(false);
    }

    private static Map<String, String> data(IndexWriter writer) {
        Iterable<Map.Entry<String, String>> entries = writer.getLiveCommitData();
        Map<String, String> data = new HashMap<>();
        if (entries != null) {
            entries.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
        }
        return data;
    }
}
