package io.tidemark.jetcd;

import static io.tidemark.jetcd.Asking.bytes;
import static io.tidemark.jetcd.Asking.done;
import static io.tidemark.jetcd.Asking.next;
import static io.tidemark.jetcd.Asking.refused;
import static io.tidemark.jetcd.Asking.text;
import static io.tidemark.jetcd.Asking.until;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.Election;
import io.etcd.jetcd.Lock;
import io.etcd.jetcd.election.CampaignResponse;
import io.etcd.jetcd.election.LeaderResponse;
import io.etcd.jetcd.lock.LockResponse;
import io.etcd.jetcd.options.GetOption;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Lock and Election, each wanted by two sessions. */
final class Sessions {
    private static final long SECONDS = 600;
    private static final long NO_LEASE = 12_345;

    private final Client client;
    private final Telling telling;
    private final long one;
    private final long other;

    Sessions(Client client, Telling telling) {
        this.client = client;
        this.telling = telling;
        this.one = done(client.getLeaseClient().grant(SECONDS)).getID();
        this.other = done(client.getLeaseClient().grant(SECONDS)).getID();
    }

    void lock() throws Exception {
        Lock lock = client.getLockClient();
        LockResponse held = done(lock.lock(bytes("lock"), one));
        telling.tell("lock", text(held.getKey()).equals("lock/" + Long.toHexString(one)));
        CompletableFuture<LockResponse> next = lock.lock(bytes("lock"), other);
        awaitTwo("lock/");
        telling.tell("lock again", next.isDone());
        done(lock.unlock(held.getKey()));
        telling.tell("unlock", text(done(next).getKey()).equals("lock/" + Long.toHexString(other)));
        telling.tell("lock without a lease", refused(lock.lock(bytes("lock"), NO_LEASE)));
    }

    private void awaitTwo(String prefix) throws Exception {
        GetOption count = GetOption.builder().isPrefix(true).withCountOnly(true).build();
        until(() -> done(client.getKVClient().get(bytes(prefix), count)).getCount() == 2);
    }

    void elect() throws Exception {
        Election election = client.getElectionClient();
        telling.tell("leader", refused(election.leader(bytes("election"))));
        CampaignResponse first = done(election.campaign(bytes("election"), one, bytes("one")));
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        election.observe(bytes("election"), new Observing(told));
        telling.tell("observe", next(told));
        CompletableFuture<CampaignResponse> second = election.campaign(bytes("election"), other, bytes("other"));
        awaitTwo("election/");
        done(election.proclaim(first.getLeader(), bytes("one, still")));
        LeaderResponse leader = done(election.leader(bytes("election")));
        telling.tell("proclaim", next(told), text(leader.getKv().getValue()), second.isDone());
        done(election.resign(first.getLeader()));
        telling.tell("resign", done(second).getLeader().getLease() == other, next(told));
        telling.tell("proclaim after that", refused(election.proclaim(first.getLeader(), bytes("one, again"))));
        done(election.resign(done(second).getLeader()));
    }

    private record Observing(BlockingQueue<String> told) implements Election.Listener {
        @Override
        public void onNext(LeaderResponse leader) {
            told.add(text(leader.getKv().getValue()));
        }

        @Override
        public void onError(Throwable failure) {
            told.add(failure.toString());
        }

        @Override
        public void onCompleted() {
            told.add("completed");
        }
    }
}
