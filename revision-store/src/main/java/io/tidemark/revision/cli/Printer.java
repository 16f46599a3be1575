package io.tidemark.revision.cli;

import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.LeaseGrantResponse;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveResponse;
import io.tidemark.revision.etcd.proto.LeaseLeasesResponse;
import io.tidemark.revision.etcd.proto.LeaseRevokeResponse;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.etcd.proto.WatchResponse;

/** Prints answers in one of etcdctl's forms. */
interface Printer {
    void range(RangeResponse answer);

    void put(PutResponse answer);

    void delete(DeleteRangeResponse answer);

    void txn(TxnResponse answer);

    /** What a watch was told; without events that it is as far as the header says. */
    void watched(WatchResponse answer);

    void granted(LeaseGrantResponse answer);

    void revoked(long lease, LeaseRevokeResponse answer);

    void keptAlive(LeaseKeepAliveResponse answer);

    /** @param keys whether the lease's keys were asked for */
    void timeToLive(LeaseTimeToLiveResponse answer, boolean keys);

    void leases(LeaseLeasesResponse answer);

    /** A lease that was kept alive is no longer there. */
    void gone(long lease);
}
