package io.tidemark.revision.transfer;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A recorded history, one {@link RecordedEvent} a line, plain or gzip, read from its first revision on. */
public final class HistoryFile implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final String GET_THE_WHOLE = "get the whole file";

    private final Path path;
    private final long sizeBytes;
    private final Counted packed;
    private final BufferedReader lines;
    private long line;
    private @Nullable RecordedEvent ahead;

    private HistoryFile(Path path) throws IOException {
        this.path = path;
        this.sizeBytes = Files.size(path);
        this.packed = new Counted(Files.newInputStream(path));
        BufferedInputStream in = new BufferedInputStream(packed, BUFFER_BYTES);
        in.mark(2);
        boolean gzip = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        in.reset();
        this.lines = new BufferedReader(
                new InputStreamReader(gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in, StandardCharsets.UTF_8));
    }

    public static HistoryFile open(Path path) throws TransferException {
        try {
            return new HistoryFile(path);
        } catch (NoSuchFileException e) {
            throw new TransferException(path + " does not exist", "name a recorded history", e);
        } catch (IOException e) {
            throw new TransferException(path + " cannot be read: " + e.getMessage(), GET_THE_WHOLE, e);
        }
    }

    /** The next revision; null at the end. */
    @Nullable
    RecordedRevision next() throws TransferException {
        RecordedEvent first = ahead == null ? event() : ahead;
        if (first == null) {
            return null;
        }
        List<RecordedEvent> events = new ArrayList<>();
        RecordedEvent event = first;
        while (event != null && event.revision() == first.revision()) {
            events.add(event);
            event = event();
        }
        if (event != null && event.revision() != first.revision() + 1) {
            throw new TransferException(
                    path + ", line " + line + ": expected revision " + (first.revision() + 1) + ", found "
                            + event.revision(),
                    "a recording must have every revision, in order: record it again without gaps");
        }
        ahead = event;
        return new RecordedRevision(first.revision(), events);
    }

    private @Nullable RecordedEvent event() throws TransferException {
        try {
            String text = lines.readLine();
            line++;
            return text == null ? null : RecordedEvent.parse(text);
        } catch (EOFException e) {
            throw new TransferException(path + " stops before its end, after line " + (line - 1), GET_THE_WHOLE, e);
        } catch (IOException e) {
            throw new TransferException(
                    path + ", line " + line + ": "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    "see `tidemark import history --help` for what a line looks like",
                    e);
        }
    }

    /** How much of the file was read, from 0 to 1. */
    double share() {
        return sizeBytes == 0 ? 1 : (double) packed.count / sizeBytes;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int got = super.read(target, offset, length);
            count += Math.max(got, 0);
            return got;
        }
    }
}
