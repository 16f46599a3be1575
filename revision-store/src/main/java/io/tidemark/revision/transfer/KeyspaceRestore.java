package io.tidemark.revision.transfer;

import com.google.protobuf.ByteString;
import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.client.RefusedException;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.LeaseGrantRequest;
import io.tidemark.revision.etcd.proto.LoadRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.log.AppendSize;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;

/**
 * Fills a keyspace from etcd's file of another one: every version with its revision, what was compacted, leases, users and
 * roles. A keyspace that holds the beginning of the file is continued.
 *
 * <pre>
 *   is what is there the file's beginning? ─► pieces, each behind the one before ─► is it the file? ─► leases ─► users
 *              (HashKV)                          (Transfer.Load)                       (HashKV)
 * </pre>
 *
 * Leases come last, since their time runs from then on, and so do users, who could otherwise end it.
 */
public final class KeyspaceRestore {
    /** Of a keyspace that nobody wrote. */
    private static final long EMPTY = 1;

    /** Any key: only the answer's header is wanted. */
    private static final ByteString ANY_KEY = ByteString.copyFrom(new byte[1]);

    private final EtcdClient client;
    private final EtcdFile file;
    private final Progress progress;

    /**
     * What it did.
     *
     * @param before revision of the keyspace before
     * @param after revision of the keyspace now
     * @param compacted the lowest revision that can be read; 0 for all
     */
    public record Outcome(long before, long after, long compacted, int leases, int users) {}

    public KeyspaceRestore(EtcdClient client, EtcdFile file, Progress progress) {
        this.client = client;
        this.file = file;
        this.progress = progress;
    }

    /**
     * Fills the keyspace.
     *
     * @param to as it was at this revision; 0 for the file's last one
     * @throws TransferException when the file is damaged or does not reach so far, or the keyspace holds something else
     */
    public Outcome run(long to) throws TransferException, InterruptedException {
        try {
            long compacted = file.compacted();
            long last = to == 0 ? file.revision() : to;
            check(last, compacted);
            long before = revision();
            if (before != EMPTY) {
                compare(before, last);
            }
            load(before, last, compacted);
            if (last > EMPTY && differs(last)) {
                throw new TransferException(
                        "what the keyspace holds at revision " + last + " is not what " + file + " has",
                        "restore into a keyspace of its own that nobody writes");
            }
            int leases = grant();
            return new Outcome(before, last, compacted, leases, new UsersRestore(client, file).run());
        } catch (IOException e) {
            throw file.broken(e);
        }
    }

    private void check(long last, long compacted) throws IOException, TransferException {
        if (last > file.revision()) {
            throw new TransferException(
                    file + " ends with revision " + file.revision() + ", before " + last, "name one that it has");
        }
        if (last < compacted) {
            throw new TransferException(
                    file + " was compacted at revision " + compacted + ", after " + last, "name one that it has");
        }
    }

    private void compare(long before, long last) throws IOException, TransferException, InterruptedException {
        if (before > last) {
            throw notEmpty(before, "it is after revision " + last);
        }
        if (differs(before)) {
            throw notEmpty(before, "what it holds is not what the file has up to there");
        }
    }

    private TransferException notEmpty(long revision, String why) {
        return new TransferException(
                "the keyspace is not empty (revision " + revision + ") and does not hold the beginning of " + file
                        + ": " + why,
                "restore into an empty keyspace; etcd.keyspaces adds one");
    }

    private void load(long before, long last, long compacted)
            throws IOException, TransferException, InterruptedException {
        long done = before;
        while (done < last) {
            LoadRequest request = Piece.read(file, done + 1, last).request(done, compacted);
            if (request.getSerializedSize() > AppendSize.VALUE_BYTES_MAX) {
                throw new TransferException(
                        file + ", revision " + (done + 1)
                                + ": it wrote or deleted more at once than a request can carry, "
                                + request.getSerializedSize() + " bytes",
                        "compact the other keyspace behind it, and take a new snapshot");
            }
            done = client.ask(EtcdMethods.LOAD, request).getHeader().getRevision();
            progress.at(done, done - before, (double) (done - before) / (last - before));
        }
    }

    private int grant() throws IOException, InterruptedException {
        int granted = 0;
        for (var lease : file.leases()) {
            LeaseGrantRequest request = LeaseGrantRequest.newBuilder()
                    .setID(lease.getID())
                    .setTTL(lease.getTTL())
                    .build();
            try {
                client.ask(EtcdMethods.LEASE_GRANT, request);
                granted++;
            } catch (RefusedException e) {
                if (e.status() != GrpcStatus.FAILED_PRECONDITION) {
                    throw e;
                } // it is there: of a restore that was interrupted
            }
        }
        return granted;
    }

    private long revision() throws InterruptedException {
        RangeRequest request =
                RangeRequest.newBuilder().setKey(ANY_KEY).setCountOnly(true).build();
        return client.ask(EtcdMethods.RANGE, request).getHeader().getRevision();
    }

    private boolean differs(long revision) throws IOException, InterruptedException {
        HashKVResponse held = client.ask(
                EtcdMethods.HASH_KV,
                HashKVRequest.newBuilder().setRevision(revision).build());
        return held.getHash() != FileChecksum.of(file, held.getCompactRevision(), revision);
    }
}
