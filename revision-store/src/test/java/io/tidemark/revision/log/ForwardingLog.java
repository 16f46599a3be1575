package io.tidemark.revision.log;

import java.time.Duration;
import java.util.List;

/** Another log, with what a test changes of it. */
public abstract class ForwardingLog implements TransactionLog {
    private final TransactionLog log;

    protected ForwardingLog(TransactionLog log) {
        this.log = log;
    }

    @Override
    public String identity() throws LogUnavailableException {
        return log.identity();
    }

    @Override
    public long begin() throws LogUnavailableException {
        return log.begin();
    }

    @Override
    public long end() throws LogUnavailableException {
        return log.end();
    }

    @Override
    public List<LogRecord> read(long offset, int mostBytes, Duration wait)
            throws LogTruncatedException, LogUnavailableException {
        return log.read(offset, mostBytes, wait);
    }

    @Override
    public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
        return log.append(values);
    }

    @Override
    public void close() {
        log.close();
    }
}
