package io.tidemark.revision.log;

import java.util.List;

/** A log that lets others act, or waits for them, before each append. */
public final class InterruptedLog extends ForwardingLog {
    private final Runnable before;

    public InterruptedLog(TransactionLog log, Runnable before) {
        super(log);
        this.before = before;
    }

    @Override
    public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
        before.run();
        return super.append(values);
    }
}
