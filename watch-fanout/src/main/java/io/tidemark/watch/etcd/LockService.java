package io.tidemark.watch.etcd;

import com.google.protobuf.MessageLite;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.etcd.Extension;
import io.tidemark.revision.etcd.Method;
import io.tidemark.revision.etcd.Requests;
import io.tidemark.revision.etcd.Streaming;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.watch.lock.Session;
import io.tidemark.watch.lock.Step;
import io.vertx.grpc.common.GrpcStatus;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * etcd's locks and elections of one keyspace: transactions and watches like those of any client, made here for one that asks for
 * the whole. What a call waits for is a watch of its event loop; nobody's thread waits.
 */
public final class LockService {
    private final WatchService watches;
    private final Around around;
    private final RandomGenerator ids = new SecureRandom();

    /** What calls use. */
    record Around(Extension.Host host, Reader reader, Waiting waiting, Leftovers leftovers) {
        void write(Command command, Asker asker, Reply reply) {
            host.store().sequencer().submit(command, asker, reply);
        }
    }

    /** @param waiting calls that may wait, at most */
    public LockService(int waiting, Extension.Host host, WatchService watches) {
        this.watches = watches;
        this.around = new Around(
                host,
                new Reader(host),
                new Waiting(waiting),
                new Leftovers(host.store().sequencer(), waiting));
    }

    /** What it serves. */
    public Extension.Served served() {
        Map<String, Method> methods = new HashMap<>(new LockMethods(this).methods());
        methods.putAll(new ElectionMethods(this).methods());
        Map<String, Streaming> streams = Map.of("v3electionpb.Election/Observe", this::observe);
        return new Extension.Served(methods, streams, around.leftovers()::look, read -> {}, () -> {});
    }

    Session session(long lease) {
        return new Session(lease, ids.nextLong(1, Long.MAX_VALUE));
    }

    ResponseHeader.Builder header(long revision) {
        return around.host().headers().ofTheNode().setRevision(revision);
    }

    /**
     * Answers a call, when this node writes; else the one that does answers it.
     *
     * @param bytes of its message: what is made of it is hardly larger, and has etcd's bound
     */
    <T> void write(Call call, int bytes, Step<T> first, Function<T, MessageLite> message) {
        if (bytes > Requests.BYTES_MAX) {
            call.refuse(GrpcStatus.UNKNOWN, Refusal.REQUEST_TOO_LARGE.text());
        } else if (call.isHandedOn()) {
            call.waitsForOthers();
        } else {
            begin(call, first, message);
        }
    }

    <T> void begin(Call call, Step<T> first, Function<T, MessageLite> message) {
        new SteppedCall<>(call, around, watches.shard(call.loop()), first, message).begin();
    }

    private void observe(Call call) {
        new ObserveCall(call, around, watches.shard(call.loop())).begin();
    }

    /** Calls that wait. */
    public int waiting() {
        return around.waiting().now();
    }
}
