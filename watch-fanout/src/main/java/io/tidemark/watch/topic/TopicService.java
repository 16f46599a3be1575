package io.tidemark.watch.topic;

import io.netty.channel.EventLoop;
import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.etcd.Extension;
import io.tidemark.revision.etcd.HttpUsers;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.store.Image;
import io.tidemark.watch.etcd.WatchService;
import io.tidemark.watch.view.Start;
import io.tidemark.watch.view.TopicRequest;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one keyspace: other watchers of the hub that etcd's are of. From any thread, but where it says otherwise.
 *
 * <pre>
 *   HTTP port's loop: request ─► who asks? ─► may read the range? ─► shard of this loop ─► one watcher a client
 * </pre>
 */
public final class TopicService implements TopicStream.Ends {
    private final TopicSettings settings;
    private final Extension.Host host;
    private final WatchService watches;
    private final StartTimes times;
    private final Counts counts;
    private final Map<EventLoop, HttpLoop> loops = new ConcurrentHashMap<>();
    private final Map<TopicStream, HttpLoop> open = new ConcurrentHashMap<>();
    private final AtomicInteger clients = new AtomicInteger();
    private volatile boolean closed;

    /**
     * What is counted of all topics.
     *
     * @param told events that went out
     * @param unanswered those for which a filter came to nothing
     */
    public record Counts(LongAdder told, LongAdder unanswered) {
        /** Nothing yet. */
        public Counts() {
            this(new LongAdder(), new LongAdder());
        }
    }

    public TopicService(TopicSettings settings, Extension.Host host, WatchService watches, Counts counts) {
        this.settings = settings;
        this.host = host;
        this.watches = watches;
        this.times = new StartTimes(host.store().image(), host.workers());
        this.counts = counts;
    }

    String keyspace() {
        return host.keyspace();
    }

    int unreadBytes() {
        return settings.unreadBytes();
    }

    /** Topics that there are. */
    public int clients() {
        return clients.get();
    }

    long revision() {
        return host.store().image().revision();
    }

    /** The lowest revision that can be read. */
    long oldest() {
        return Math.max(1, host.store().image().compacted());
    }

    /**
     * Begins a topic, or refuses it. On the client's event loop.
     *
     * @param authorization as the client says who it is; empty when it does not
     */
    void open(TopicRequest request, String authorization, Client client, Context context) {
        HttpLoop loop = loop((ContextInternal) context);
        host.users().find(authorization, found -> loop.execute(() -> admit(request, found, client, loop)));
    }

    private HttpLoop loop(ContextInternal context) {
        return loops.computeIfAbsent(context.nettyEventLoop(), itself -> new HttpLoop(context.unwrap()));
    }

    private void admit(TopicRequest request, HttpUsers.Found found, Client client, HttpLoop loop) {
        Problem problem = switch (found) {
            case HttpUsers.Found.Busy busy -> Problem.busy();
            case HttpUsers.Found.Refused refused -> Problem.of(refused.refusal());
            case HttpUsers.Found.As as -> against(request, as.who());
        };
        if (problem != null) {
            client.end(problem);
        } else if (clients.incrementAndGet() > settings.clientsMax()) {
            clients.decrementAndGet();
            client.end(Problem.tooMany(settings.clientsMax()));
        } else {
            times.find(request.start(), loop, answer -> admitted(request, answer, client, loop));
        }
    }

    private void admitted(TopicRequest request, StartTimes.Answer answer, Client client, HttpLoop loop) {
        switch (answer) {
            case StartTimes.Answer.Begin at -> begin(request, at.start(), client, loop);
            case StartTimes.Answer.Refuse refused -> {
                clients.decrementAndGet();
                client.end(refused.problem());
            }
        }
    }

    private @Nullable Problem against(TopicRequest request, Identity who) {
        if (closed) {
            return Problem.away(keyspace());
        }
        Auth auth = host.store().image().auth();
        if (settings.usersOnly() && !auth.enabled()) {
            return Problem.closed();
        }
        Refusal refusal = auth.enabled() ? who.using(auth, request.range(), Permission.READ) : null;
        return refusal == null ? null : Problem.of(refusal);
    }

    private void begin(TopicRequest request, Start.Known start, Client client, HttpLoop loop) {
        Image image = host.store().image();
        TopicStream.Place place = new TopicStream.Place(loop, watches.shard(loop), host.workers(), settings, this);
        TopicStream stream = new TopicStream(client, request, place, System.nanoTime());
        open.put(stream, loop);
        long newest = image.revision();
        stream.begin(start.revision(newest, image.compacted()), newest);
        if (closed) {
            stream.end(); // it may have been too late for the others
        }
    }

    @Override
    public void told(int events) {
        counts.told.add(events);
    }

    @Override
    public void unanswered(int events) {
        counts.unanswered.add(events);
    }

    @Override
    public void closed(TopicStream stream) {
        if (open.remove(stream) != null) {
            clients.decrementAndGet();
        }
    }

    /** Ends all of them; their clients may come again. */
    public void close() {
        closed = true;
        Set.copyOf(open.entrySet()).forEach(each -> each.getValue().execute(each.getKey()::end));
    }
}
