package io.tidemark.watch.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.etcd.Extension;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchCreateRequest.FilterType;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.watch.hub.EncodedEvents;
import io.tidemark.watch.hub.Outlet;
import io.tidemark.watch.hub.Subscription;
import io.tidemark.watch.hub.WatchStream;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@code etcdserverpb.Watch/Watch}. On its event loop. */
final class WatchCall implements Outlet, Looked {
    /** etcd's bound of a request and what it adds for the transport: larger messages go in several, if that is wanted. */
    private static final int MESSAGE_BYTES = 2 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(WatchCall.class);
    private static final byte[] FIRST_KEY = {0};
    private static final String COMPACTED = Refusal.COMPACTED.text();
    private static final String HAS_LEADER = "hasleader";

    private final Call call;
    private final LoopShard shard;
    private final Extension.Host host;
    private final WatchStream stream;
    private final boolean needsLeader;
    private boolean full;
    private long noticed;

    WatchCall(Call call, LoopShard shard, Extension.Host host, long now) {
        this.call = call;
        this.shard = shard;
        this.host = host;
        this.needsLeader = needsLeader(call);
        this.stream = shard.stream(this);
        this.noticed = now;
    }

    /** Whether the client wants to be told that nobody writes. */
    static boolean needsLeader(Call call) {
        return "true".equals(call.metadata().get(HAS_LEADER));
    }

    void begin() {
        shard.look(this);
        call.whenGone(this::close);
        call.receive(this::take, () -> {}); // who says nothing more goes on listening
    }

    private void close() {
        stream.close();
        shard.forget(this);
    }

    private void take(Buffer message) {
        try {
            WatchRequest request = WatchRequest.parseFrom(message.getBytes());
            switch (request.getRequestUnionCase()) {
                case CREATE_REQUEST -> create(request.getCreateRequest());
                case CANCEL_REQUEST -> stream.cancel(request.getCancelRequest().getWatchId());
                case PROGRESS_REQUEST -> stream.requestProgress();
                case REQUESTUNION_NOT_SET -> {} // as etcd: a stream does not end for that
            }
        } catch (InvalidProtocolBufferException e) {
            call.refuseUnreadable(e);
            close();
        }
    }

    private void create(WatchCreateRequest request) {
        byte[] key = request.getKey().isEmpty() ? FIRST_KEY : request.getKey().toByteArray();
        KeyRange range = new KeyRange(Key.of(key), Key.of(request.getRangeEnd().toByteArray()));
        if (request.getStartRevision() < 0) {
            stream.refuse(COMPACTED);
            return;
        }
        Refusal refusal = refusal(range);
        if (refusal != null) {
            stream.refuse(Refusals.asGo(refusal));
            return;
        }
        List<FilterType> filters = request.getFiltersList();
        Subscription subscription = new Subscription(
                range,
                !filters.contains(FilterType.NOPUT),
                !filters.contains(FilterType.NODELETE),
                request.getPrevKv(),
                request.getProgressNotify(),
                request.getFragment());
        stream.create(request.getWatchId(), subscription, request.getStartRevision());
    }

    private @Nullable Refusal refusal(KeyRange range) {
        Auth auth = host.store().image().auth();
        Identity asker = call.asker();
        return auth.enabled() ? asker.using(auth, range, Permission.READ) : null;
    }

    @Override
    public void look(long now, long interval, boolean leaderless) {
        if (needsLeader && leaderless) {
            call.fail(Failure.NO_LEADER);
            close();
        } else if (now - noticed >= interval) {
            noticed = now;
            stream.notice();
        }
    }

    @Override
    public boolean isFull() {
        return full;
    }

    private void write(Buffer... message) {
        if (!call.write(message) && !full && !call.isOver()) {
            full = true;
            call.pause();
            call.whenDrained(() -> {
                full = false;
                call.resume();
                stream.drained();
            });
        }
    }

    private void write(WatchResponse.Builder message, long revision) {
        message.setHeader(host.headers().ofTheNode().setRevision(revision));
        write(Buffer.buffer(message.build().toByteArray()));
    }

    @Override
    public void created(long watcher, long revision) {
        write(WatchResponse.newBuilder().setWatchId(watcher).setCreated(true), revision);
    }

    @Override
    public void refused(long revision, String why) {
        write(
                WatchResponse.newBuilder()
                        .setWatchId(WatchStream.ALL)
                        .setCreated(true)
                        .setCanceled(true)
                        .setCancelReason(why),
                revision);
    }

    @Override
    public void canceled(long watcher, long revision) {
        write(WatchResponse.newBuilder().setWatchId(watcher).setCanceled(true), revision);
    }

    @Override
    public void compacted(long watcher, long compacted) {
        write(WatchResponse.newBuilder().setWatchId(watcher).setCanceled(true).setCompactRevision(compacted), 0);
    }

    /** For etcd's clients that is as if it was compacted: they list, and begin behind it. */
    @Override
    public void tooLarge(long watcher, long revision) {
        LOG.warn(
                "A watcher is cancelled, as it may not be told all that revision {} wrote to its keys at once"
                        + " (watch.history.revision.bytes)",
                revision);
        write(
                WatchResponse.newBuilder()
                        .setWatchId(watcher)
                        .setCanceled(true)
                        .setCompactRevision(revision + 1)
                        .setCancelReason(Refusals.tooLarge(revision)),
                0);
    }

    @Override
    public void progress(long watcher, long revision) {
        write(WatchResponse.newBuilder().setWatchId(watcher), revision);
    }

    @Override
    public void events(long watcher, long revision, EncodedEvents events, boolean fragments) {
        byte[] header = shard.header(revision);
        if (!fragments || header.length + events.bytes().length < MESSAGE_BYTES) {
            write(EventMessage.head(header, watcher, false), EventMessage.body(events, 0, events.size()));
            return;
        }
        int from = 0;
        while (from < events.size()) {
            int to = from + 1;
            int begin = from == 0 ? 0 : events.end(from - 1);
            while (to < events.size() && header.length + events.end(to) - begin < MESSAGE_BYTES) {
                to++;
            }
            write(EventMessage.head(header, watcher, to < events.size()), EventMessage.body(events, from, to));
            from = to;
        }
    }
}
