package io.tidemark.watch.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.watch.hub.EncodedEvents;
import io.tidemark.watch.hub.Outlet;
import java.util.List;

/** A watch that no client asked for: who has it wants events, and to know that there will be none. */
interface WatchedKeys extends Outlet {
    /** Nothing more will be told, and why. */
    void ended(String why);

    static List<Event> parsed(EncodedEvents events) {
        try {
            return WatchResponse.parseFrom(events.bytes()).getEventsList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("events as they are told are none", e);
        }
    }

    @Override
    default void compacted(long watcher, long compacted) {
        ended(Refusal.COMPACTED.text());
    }

    @Override
    default void tooLarge(long watcher, long revision) {
        ended(Refusals.tooLarge(revision));
    }

    @Override
    default void refused(long revision, String why) {
        ended(why);
    }

    @Override
    default void created(long watcher, long revision) {
        // nobody asks
    }

    @Override
    default void canceled(long watcher, long revision) {
        // nobody cancels
    }

    @Override
    default void progress(long watcher, long revision) {
        // nobody asks
    }
}
