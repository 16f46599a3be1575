package io.tidemark.revision.checkpoint;

import io.tidemark.revision.log.LogRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The checkpoints that stand in a topic, found from its end on: whoever needs one needs the newest.
 *
 * <pre>
 *   offset   0       1       2        3       4        5       6
 *            A, 0    A, 1    A done   B, 0    C, 0     C, 1    C done
 *                                     given up ▲─────────────────┘ first record
 *   found    C, then A: what stands before C's first record is B's, whose number tells where it began
 * </pre>
 */
final class Checkpoints {
    private final CheckpointTopic topic;
    private final CheckpointCodec codec;

    Checkpoints(CheckpointTopic topic, CheckpointCodec codec) {
        this.topic = topic;
        this.codec = codec;
    }

    /**
     * Those that are closed, newest first; whether all of their records are there and right has to be seen by reading them.
     * Should two nodes have written at the same time, which only a writer does that was replaced and has not noticed, the
     * older of the two may be left out.
     *
     * @param most how many
     */
    List<Manifest> newest(int most) throws CheckpointsUnavailableException {
        List<Manifest> found = new ArrayList<>();
        long begin = topic.begin();
        long offset = topic.end() - 1;
        while (offset >= begin && found.size() < most) {
            LogRecord record = topic.read(offset).getFirst();
            offset = Math.min(offset, record.offset()) - 1;
            try {
                CheckpointRecord understood = codec.decode(record);
                switch (understood.content()) {
                    case FilePart part -> offset -= Math.max(0, understood.number());
                    case Manifest manifest -> {
                        found.add(manifest);
                        offset = Math.min(offset, manifest.firstRecord() - 1);
                    }
                }
            } catch (DamagedCheckpointException e) {
                // what it was of is not whole
            }
        }
        return found;
    }

    /**
     * Reads the parts of a checkpoint and compares them with what it is to be.
     *
     * @param into is told of each part, in order; what it was told before this fails is of no use
     * @throws DamagedCheckpointException when a part is missing or wrong
     */
    void read(Manifest manifest, PartSink into) throws DamagedCheckpointException, CheckpointsUnavailableException {
        CheckedFiles files = new CheckedFiles(manifest.files());
        long end = topic.end();
        long offset = manifest.firstRecord();
        long number = 0;
        while (number < manifest.parts()) {
            if (offset >= end) {
                throw new DamagedCheckpointException(
                        "expected " + manifest.parts() + " parts, found " + number + " until the topic's end");
            }
            for (LogRecord record : topic.read(offset)) {
                offset = record.offset() + 1;
                // what stands behind the last part is not this one's; of another one, some may stand in between
                if (number < manifest.parts() && take(record, manifest, number, files, into)) {
                    number++;
                }
            }
        }
        files.finish();
    }

    private boolean take(LogRecord record, Manifest manifest, long number, PartSink... into)
            throws DamagedCheckpointException {
        CheckpointRecord read = codec.decode(record);
        if (!read.checkpoint().equals(manifest.checkpoint())) {
            return false;
        }
        if (read.number() != number || !(read.content() instanceof FilePart part)) {
            throw new DamagedCheckpointException(
                    "expected part " + number + ", found record " + read.number() + " at " + record.offset());
        }
        for (PartSink each : into) {
            each.take(part);
        }
        return true;
    }
}
