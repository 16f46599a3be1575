package io.tidemark.revision.store;

import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A keyspace as it was when the view was taken, whatever is written or compacted later. Cheap to take; used by one
 * thread at a time, whichever that is; to be closed, and not used after that. While it is open, the room of what it can
 * still read is not given back.
 */
public interface View extends Keyspace, AutoCloseable {
    /** Up to where the log is in it. */
    Position position();

    /**
     * Lists versions, or a part of them from the beginning; {@link Listing#from} is the rest.
     *
     * @param mostBytes of all elements together; a first one that is larger comes alone
     * @param room where it is put
     */
    EncodedPage page(Listing what, long mostBytes, Room room);

    /** How large the same would be without a bound of bytes. It takes about as long, and copies nothing. */
    PageSize measure(Listing what);

    /**
     * What was written, by revision, from a revision on up to a part that ends with a revision.
     *
     * @param range of keys
     * @param from not below {@link #compacted}
     * @param previous whether with what keys were before
     */
    EventPage events(KeyRange range, long from, boolean previous, EventPage.Most most);

    /** How many keys there are, 0 for the newest revision; not by listing them, when that can be avoided. */
    long count(KeyRange range, long revision);

    /**
     * etcd's checksum of everything up to a revision, CRC-32C; reads all of it. {@link HistoryChecksum} says of what.
     *
     * @param revision not below {@link #compacted}, unless it is below 0, and not above {@link #revision}
     */
    long checksum(long revision);

    /**
     * Tells all versions that it holds, those that a compaction removes left out, as etcd has them in its file.
     *
     * @throws IOException of the visitor
     */
    void history(VersionVisitor visitor) throws IOException;

    /**
     * The newest revision that had been committed at a time; null when what was then cannot be read any more, or nothing
     * had been written.
     *
     * @param micros microseconds since 1970
     */
    @Nullable
    RevisionTime newestBy(long micros);

    /** The oldest revision that can be read and whose time is known; null when nothing was written. */
    @Nullable
    RevisionTime oldest();

    /** Tells when revisions were committed, as far as anything of them is left. */
    void times(RevisionTimeVisitor visitor) throws IOException;

    /** All leases, by id. */
    List<Lease> leases();

    /** Where the image is on disk, with room for what is made of it. */
    Path folder();

    @Override
    void close();
}
