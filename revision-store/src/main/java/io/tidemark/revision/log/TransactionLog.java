package io.tidemark.revision.log;

import java.time.Duration;
import java.util.List;

/**
 * The log of one keyspace: records in one order that all readers share. Nobody is shown a record that a loss of power
 * could take back.
 *
 * <p>Offsets grow, and are not contiguous: the log may keep marks of its own between records. Methods block; none may be
 * called by an event loop. Safe for use by several threads, but appending is one thread's business.
 *
 * <p>A thread in here must not be interrupted: in one process with the log it holds the log's files, and Java closes a file
 * under a thread that is interrupted. {@link #close} ends whoever waits in here.
 */
public interface TransactionLog extends AutoCloseable {
    /**
     * Names this log for good: one that was made anew under the same name has another identity. A log that was opened stays
     * with the identity that it had first; when another one has taken its place, it reads and appends no more.
     *
     * @throws LogUnavailableException when the log cannot be asked now
     */
    String identity() throws LogUnavailableException;

    /**
     * The offset of the oldest record that can be read; {@link #end} when there is none.
     *
     * @throws LogUnavailableException when the log cannot be asked now
     */
    long begin() throws LogUnavailableException;

    /**
     * The offset behind the newest durable record, asked after the call: whoever applied all before it has seen every
     * append that was answered before the call.
     *
     * @throws LogUnavailableException when the log cannot be asked now
     */
    long end() throws LogUnavailableException;

    /**
     * Durable records from an offset on, in their order: at least one when there is one, else none after waiting.
     *
     * @param mostBytes of all values together; a first record that is larger comes alone
     * @param wait how long to wait for a first one
     * @throws LogTruncatedException when the offset lies before the oldest record or behind the end: what the caller has
     *     applied is not what the log says
     * @throws LogUnavailableException when the log cannot be read now
     */
    List<LogRecord> read(long offset, int mostBytes, Duration wait)
            throws LogTruncatedException, LogUnavailableException;

    /**
     * Appends records next to each other, all or none, and returns when they are durable.
     *
     * @param values at least one, none empty; what is larger than {@link AppendSize} says is refused
     * @return the offset of the first; the others follow without a gap
     * @throws AppendRefusedException when it is certain that nothing was appended, now or later
     * @throws AppendUnknownException when that is not known: the caller has to read what the log says
     */
    long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException;

    /** As it was when the log was opened. */
    default Copies copies() {
        return Copies.ONE;
    }

    /** Ends calls that wait, which fail as when the log cannot be asked; so do all later ones. */
    @Override
    void close();
}
