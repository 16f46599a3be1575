package io.tidemark.watch.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.Answers;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.LeaderRequest;
import io.tidemark.revision.etcd.proto.LeaderResponse;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.watch.hub.EncodedEvents;
import io.tidemark.watch.hub.Subscription;
import io.tidemark.watch.hub.WatchStream;
import io.tidemark.watch.lock.Observation;
import io.tidemark.watch.lock.Observation.Watched;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of {@code v3electionpb.Election/Observe}. On its event loop. */
final class ObserveCall implements Looked, Reply {
    private final Call call;
    private final LockService.Around around;
    private final LoopShard shard;
    private final boolean needsLeader;
    private @Nullable Observation observation;
    private @Nullable WatchStream stream;
    private int streams;
    private boolean full;

    ObserveCall(Call call, LockService.Around around, LoopShard shard) {
        this.call = call;
        this.around = around;
        this.shard = shard;
        this.needsLeader = WatchCall.needsLeader(call);
    }

    void begin() {
        if (!around.waiting().enter()) {
            call.fail(Failure.TOO_MANY_REQUESTS);
            return;
        }
        shard.look(this);
        call.whenGone(this::close);
        call.receive(this::take, () -> {});
    }

    private void take(Buffer message) {
        try {
            ByteString name = LeaderRequest.parseFrom(message.getBytes()).getName();
            observation = new Observation(Key.of(name.toByteArray()));
            read();
        } catch (InvalidProtocolBufferException e) {
            call.refuseUnreadable(e);
            close();
        }
    }

    private void close() {
        if (shard.forget(this)) {
            around.waiting().leave();
            watchNothing();
        }
    }

    private void watchNothing() {
        streams++;
        if (stream != null) {
            stream.close();
            stream = null;
        }
    }

    private void read() {
        watchNothing();
        if (observation != null && !call.isOver()) {
            around.reader().read(observation.leader(), call, this);
        }
    }

    @Override
    public void told(Answer answer) {
        call.loop().execute(() -> found((Answer.Ranged) answer));
    }

    private void found(Answer.Ranged found) {
        if (call.isOver()) {
            close(); // it was given up meanwhile
        } else if (observation != null) {
            Watched next = observation.found(found);
            found.kvs().forEach(kv -> tell(found.revision(), Answers.keyValue(kv)));
            watch(next);
        }
    }

    /** etcd's stream just ends. */
    @Override
    public void refused(Refusal refusal) {
        call.loop().execute(this::end);
    }

    @Override
    public void failed(Failure failure) {
        call.fail(failure);
        call.loop().execute(this::close);
    }

    private void end() {
        call.end();
        close();
    }

    private void watch(Watched watched) {
        watchNothing();
        Told outlet = new Told(streams);
        WatchStream next = shard.stream(outlet);
        stream = next;
        next.create(0, new Subscription(watched.keys(), true, true, false, false, false), watched.from());
    }

    private void tell(long revision, KeyValue leader) {
        LeaderResponse.Builder message = LeaderResponse.newBuilder()
                .setHeader(around.host().headers().ofTheNode().setRevision(revision))
                .setKv(leader);
        if (!call.write(Buffer.buffer(message.build().toByteArray())) && !full && !call.isOver()) {
            full = true;
            call.whenDrained(() -> {
                full = false;
                if (stream != null) {
                    stream.drained();
                }
            });
        }
    }

    @Override
    public void look(long now, long interval, boolean leaderless) {
        if (needsLeader && leaderless) {
            call.fail(Failure.NO_LEADER);
            close();
        }
    }

    /** What a watch tells, until another one is wanted: that one begins later, as whoever tells is in the midst of it. */
    private final class Told implements WatchedKeys {
        private final int number;
        private boolean over;

        Told(int number) {
            this.number = number;
        }

        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void events(long watcher, long revision, EncodedEvents events, boolean fragments) {
            for (Event event : WatchedKeys.parsed(events)) {
                if (!over) {
                    hear(event, revision);
                }
            }
        }

        private void hear(Event event, long revision) {
            boolean deletion = event.getType() == Event.EventType.DELETE;
            KeyValue leader = event.getKv();
            switch (Objects.requireNonNull(observation).hear(deletion)) {
                case NOTHING -> {}
                case VALUE -> tell(revision, leader);
                case LEADER -> {
                    tell(leader.getModRevision(), leader);
                    Key key = Key.of(leader.getKey().toByteArray());
                    then(() -> watch(Objects.requireNonNull(observation).of(key, leader.getModRevision())));
                }
                case END -> then(ObserveCall.this::read);
            }
        }

        private void then(Runnable next) {
            over = true;
            shard.later(() -> {
                if (number == streams && !call.isOver()) {
                    next.run();
                }
            });
        }

        /** etcd's stream just ends. */
        @Override
        public void ended(String why) {
            over = true;
            shard.later(ObserveCall.this::end);
        }
    }
}
