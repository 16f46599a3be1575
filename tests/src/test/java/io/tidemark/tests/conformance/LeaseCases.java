package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.leases;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.revoke;
import static io.tidemark.tests.conformance.Ask.timeToLive;

import io.tidemark.revision.etcd.proto.LeaseKeepAliveRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveRequest;
import java.util.List;

/** Leases, without waiting for one to end. */
final class LeaseCases {
    private LeaseCases() {}

    static List<Program> all() {
        return List.of(ids(), ttls(), revokes(), timeToLives(), order(), keepAlives(), reput());
    }

    private static Program ids() {
        return new Script("lease/ids", "ids of one's own, also negative, never twice; and the server's choice")
                .ask(
                        grant(7, 10_000),
                        grant(7, 10_000),
                        grant(-7, 11_000),
                        grant(Long.MAX_VALUE, 12_000),
                        grant(Long.MIN_VALUE, 13_000))
                .ask(leases(), grant(0, 10_000), revoke(7), grant(7, 20_000), timeToLive(7), everything())
                .end();
    }

    private static Program ttls() {
        Script script = new Script("lease/ttls", "what becomes of times that are too short and too long");
        long id = 1;
        for (long seconds :
                new long[] {-1, 0, 1, 2, 3, 9_000_000_000L, 9_000_000_001L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            script.ask(grant(id++, seconds));
        }
        return script.end();
    }

    private static Program revokes() {
        return new Script("lease/revokes", "all keys of a lease go at one revision; a lease without keys takes none")
                .ask(revoke(7), grant(7, 10_000), revoke(7), everything(), revoke(7), grant(8, 10_000))
                .ask(
                        put("c", "1").setLease(8),
                        put("a", "1").setLease(8),
                        put("b", "1"),
                        put("d", "1").setLease(8))
                .ask(revoke(8), everything(), everything().setRevision(5), timeToLive(8), leases())
                .end();
    }

    private static Program timeToLives() {
        return new Script("lease/timeToLive", "seconds left and keys; a lease that is not there is no error")
                .ask(
                        timeToLive(7),
                        timeToLive(0),
                        grant(7, 10_000),
                        timeToLive(7),
                        put("b", "1").setLease(7))
                .ask(
                        put("a", "1").setLease(7),
                        timeToLive(7),
                        LeaseTimeToLiveRequest.newBuilder().setID(7))
                .end();
    }

    private static Program order() {
        return new Script("lease/order", "leases are told in the order in which they end")
                .ask(leases(), grant(1, 30_000), grant(2, 10_000), grant(3, 20_000), leases(), revoke(3), leases())
                .end();
    }

    private static Program keepAlives() {
        return new Script("lease/keepAlives", "renewal answers the granted time, or 0 where there is no lease")
                .ask(keepAlive(7), grant(7, 10_000), keepAlive(7), keepAlive(0), revoke(7), keepAlive(7), everything())
                .end();
    }

    private static LeaseKeepAliveRequest.Builder keepAlive(long id) {
        return LeaseKeepAliveRequest.newBuilder().setID(id);
    }

    private static Program reput() {
        return new Script("lease/reput", "revoking spares keys that were put again without the lease or with another")
                .ask(
                        grant(7, 10_000),
                        grant(8, 20_000),
                        put("a", "1").setLease(7),
                        put("b", "1").setLease(7))
                .ask(put("c", "1").setLease(7), put("a", "2"), put("b", "2").setLease(8), revoke(7), everything())
                .ask(Txn.of(put("d", "1").setLease(8), put("e", "1")), timeToLive(8), revoke(8), everything())
                .ask(Txn.of(put("f", "1").setLease(8)), everything())
                .end();
    }
}
