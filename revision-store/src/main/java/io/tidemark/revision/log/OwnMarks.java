package io.tidemark.revision.log;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where this process put marks into the log, so that it need not fetch what it knows. Kafka confirmed them, so they are as much
 * in the log as what is fetched. Safe for use by several threads.
 */
final class OwnMarks {
    /** The node that writes reads them within milliseconds; a node that follows reads none here. */
    private static final int MOST = 1_024;

    private final byte[] key;
    private final byte[] mark;
    private final TreeSet<Long> offsets = new TreeSet<>();

    OwnMarks(byte[] key, byte[] mark) {
        this.key = key;
        this.mark = mark;
    }

    byte[] mark() {
        return mark;
    }

    /** A mark was confirmed. */
    synchronized void add(long offset) {
        offsets.add(offset);
        if (offsets.size() > MOST) {
            offsets.removeFirst();
        }
    }

    /** The marks that stand at an offset and right behind it; none when something else may. They, and those before, are forgotten. */
    synchronized List<LogRecord> take(long offset) {
        offsets.headSet(offset).clear();
        List<LogRecord> records = new ArrayList<>();
        for (long at = offset; offsets.remove(at); at++) {
            records.add(new LogRecord(at, key, mark));
        }
        return records;
    }
}
