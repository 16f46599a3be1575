package io.tidemark.jetcd;

import static io.tidemark.jetcd.Asking.bytes;
import static io.tidemark.jetcd.Asking.done;
import static io.tidemark.jetcd.Asking.refused;

import io.etcd.jetcd.KV;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.lease.LeaseTimeToLiveResponse;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.support.CloseableClient;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** Lease, with keys and renewed. */
final class Leases {
    private static final long SECONDS = 30;

    private final Lease lease;
    private final KV kv;
    private final Telling telling;

    Leases(Lease lease, KV kv, Telling telling) {
        this.lease = lease;
        this.kv = kv;
        this.telling = telling;
    }

    void grantAndRenew() {
        long id = done(lease.grant(SECONDS)).getID();
        done(kv.put(
                bytes("lease/a"),
                bytes("1"),
                PutOption.builder().withLeaseId(id).build()));
        CompletableFuture<Long> renewed = new CompletableFuture<>();
        try (CloseableClient renewing = lease.keepAlive(id, new Renewed(renewed))) {
            telling.tell("keep alive", done(renewed), renewing != null);
        }
        telling.tell("keep alive once", done(lease.keepAliveOnce(id)).getTTL());
        LeaseOption keys = LeaseOption.builder().withAttachedKeys().build();
        LeaseTimeToLiveResponse left = done(lease.timeToLive(id, keys));
        telling.tell(
                "time to live",
                left.getGrantedTTL(),
                left.getKeys().stream().map(Asking::text).toList());
        done(lease.revoke(id));
        telling.tell("revoke", done(kv.get(bytes("lease/a"))).getCount(), refused(lease.revoke(id)));
    }

    private record Renewed(CompletableFuture<Long> seconds) implements StreamObserver<LeaseKeepAliveResponse> {
        @Override
        public void onNext(LeaseKeepAliveResponse answer) {
            seconds.complete(answer.getTTL());
        }

        @Override
        public void onError(Throwable failure) {
            seconds.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            seconds.completeExceptionally(new IllegalStateException("nobody renews any more"));
        }
    }
}
