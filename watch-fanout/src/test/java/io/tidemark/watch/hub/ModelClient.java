package io.tidemark.watch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.encoding.KeyValueBytes;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.watch.hub.ModelKeyspace.Told;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The client of one stream: it checks every message against the keyspace by the guarantees of etcd's watches (ordered,
 * unique, atomic, reliable, bookmarkable, with right previous versions), and takes messages when it likes.
 */
final class ModelClient implements Outlet {
    private final ModelKeyspace keyspace;
    private final Random random;
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Map<Long, Seen> watchers = new HashMap<>();
    private Runnable meanwhile = () -> {};
    private int room;
    private int events;
    private int tooLarge;

    /** What a client asked for, in order, and was not told of yet. */
    record Asked(Subscription subscription, long start) {}

    /** A watcher as its client knows it: it was told everything before a revision. */
    private static final class Seen {
        private final Subscription subscription;
        private long next;

        Seen(Subscription subscription, long next) {
            this.subscription = subscription;
            this.next = next;
        }
    }

    ModelClient(ModelKeyspace keyspace, Random random) {
        this.keyspace = keyspace;
        this.random = random;
        this.room = random.nextInt(8);
    }

    void asks(Subscription subscription, long start) {
        asked.add(new Asked(subscription, start));
    }

    @Override
    public boolean isFull() {
        return room <= 0;
    }

    /** Takes some messages. */
    void makeRoom() {
        room = 1 + random.nextInt(8);
    }

    /** What another thread does when events come next, once. */
    void meanwhile(Runnable action) {
        meanwhile = action;
    }

    /** Takes whatever comes from now on. */
    void takeAll() {
        room = Integer.MAX_VALUE;
    }

    @Override
    public void created(long watcher, long revision) {
        Asked first = asked.remove();
        assertThat(revision).isEqualTo(keyspace.revision());
        assertThat(watchers).as("ids are unique").doesNotContainKey(watcher);
        watchers.put(watcher, new Seen(first.subscription(), first.start() == 0 ? revision + 1 : first.start()));
    }

    @Override
    public void refused(long revision, String why) {
        asked.remove();
    }

    @Override
    public void canceled(long watcher, long revision) {
        assertThat(watchers.remove(watcher)).isNotNull();
    }

    @Override
    public void compacted(long watcher, long compacted) {
        Seen seen = watchers.remove(watcher);
        assertThat(seen).isNotNull();
        assertThat(compacted).isEqualTo(keyspace.compacted());
        assertThat(seen.next).as("what was compacted was not told").isLessThan(compacted);
    }

    @Override
    public void tooLarge(long watcher, long revision) {
        Seen seen = watchers.remove(watcher);
        assertThat(seen).isNotNull();
        assertThat(seen.subscription.previous() && keyspace.isTooLarge(revision))
                .isTrue();
        assertThat(keyspace.between(seen.subscription, seen.next, revision - 1))
                .as("reliable: what was before %d was told", revision)
                .isEmpty();
        tooLarge++;
    }

    /** Watchers that were cancelled since they were not to be told so much. */
    int tooLarge() {
        return tooLarge;
    }

    @Override
    public void progress(long watcher, long revision) {
        watchers.forEach((id, seen) -> {
            if (watcher == WatchStream.ALL || watcher == id) {
                assertThat(keyspace.between(seen.subscription, seen.next, revision))
                        .as("bookmarkable: everything up to %d was told to watcher %d", revision, id)
                        .isEmpty();
                seen.next = Math.max(seen.next, revision + 1);
            }
        });
    }

    @Override
    public void events(long watcher, long revision, EncodedEvents encoded, boolean fragments) {
        room--;
        Seen seen = watchers.get(watcher);
        assertThat(seen).as("only who exists is told").isNotNull();
        List<Event> found = parsed(encoded);
        long last = found.getLast().getKv().getModRevision();
        assertThat(revision).as("a header is not behind its events").isGreaterThanOrEqualTo(last);
        List<Told> wanted = keyspace.between(seen.subscription, seen.next, last);
        assertThat(found).as("ordered, unique, atomic, reliable up to %d", last).hasSameSizeAs(wanted);
        for (int i = 0; i < found.size(); i++) {
            check(found.get(i), wanted.get(i), seen.subscription);
        }
        seen.next = last + 1;
        events += found.size();
        Runnable action = meanwhile;
        meanwhile = () -> {};
        action.run();
    }

    private static List<Event> parsed(EncodedEvents encoded) {
        try {
            List<Event> events = WatchResponse.parseFrom(encoded.bytes()).getEventsList();
            assertThat(events).hasSize(encoded.size());
            return events;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("events are none", e);
        }
    }

    private void check(Event found, Told wanted, Subscription subscription) {
        assertThat(found.getType() == Event.EventType.DELETE).isEqualTo(wanted.isDeletion());
        KeyValue kv =
                wanted.isDeletion() ? new KeyValue(wanted.key(), 0, wanted.revision(), 0, new byte[0], 0) : wanted.kv();
        assertThat(found.getKv().toByteArray()).isEqualTo(KeyValueBytes.encode(kv));
        boolean previous = subscription.previous() && wanted.before() != null && !wanted.isCreation();
        if (previous && (found.hasPrevKv() || wanted.revision() > keyspace.compacted())) {
            assertThat(found.getPrevKv().toByteArray()).isEqualTo(KeyValueBytes.encode(wanted.before()));
        } else {
            assertThat(found.hasPrevKv()).isFalse();
        }
    }

    /** Every watcher was told everything. */
    int checkComplete() {
        watchers.forEach((id, seen) -> assertThat(keyspace.between(seen.subscription, seen.next, Long.MAX_VALUE))
                .as("watcher %d is told everything in the end", id)
                .isEmpty());
        return watchers.size();
    }

    /** Who watches a range and wishes to be told how far it is knows the newest revision. */
    void checkCaches(KeyRange range) {
        watchers.forEach((id, seen) -> {
            if (seen.subscription.notices() && seen.subscription.range().equals(range)) {
                assertThat(seen.next)
                        .as("watcher %d knows what somebody has read", id)
                        .isGreaterThan(keyspace.revision());
            }
        });
    }

    /** Some watcher's id, or one that there is not. */
    long any() {
        return watchers.keySet().stream()
                .skip(watchers.isEmpty() ? 0 : random.nextInt(watchers.size()))
                .findFirst()
                .orElse(77L);
    }

    int events() {
        return events;
    }

    void gone() {
        watchers.clear();
        asked.clear();
    }
}
