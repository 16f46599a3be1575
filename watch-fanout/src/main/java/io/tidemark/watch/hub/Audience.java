package io.tidemark.watch.hub;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.machine.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The live watchers of one range, by {@link Subscription#kind}: what they are told is the same. */
final class Audience {
    private final KeyRange range;
    private final @Nullable List<Watcher>[] byKind;
    private int size;
    private List<KeyEvent> events = List.of();

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists has no other way
    Audience(KeyRange range) {
        this.range = range;
        this.byKind = new List[Subscription.KINDS];
    }

    KeyRange range() {
        return range;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Watcher watcher) {
        int kind = watcher.subscription().kind();
        List<Watcher> same = byKind[kind];
        if (same == null) {
            same = new ArrayList<>(1);
            byKind[kind] = same;
        }
        watcher.moveTo(same.size());
        same.add(watcher);
        size++;
    }

    /** The last one takes its place, so that who goes over them from the end meets each of them once. */
    void remove(Watcher watcher) {
        int kind = watcher.subscription().kind();
        List<Watcher> same = byKind[kind];
        if (same == null || same.get(watcher.place()) != watcher) {
            throw new IllegalStateException("watcher " + watcher.id() + " is not where it said");
        }
        Watcher last = same.removeLast();
        if (last != watcher) {
            same.set(watcher.place(), last);
            last.moveTo(watcher.place());
        }
        if (same.isEmpty()) {
            byKind[kind] = null;
        }
        size--;
    }

    /** @return whether it is the first event of its revision */
    boolean hear(KeyEvent event) {
        boolean first = events.isEmpty();
        if (first) {
            events = new ArrayList<>(1);
        }
        events.add(event);
        return first;
    }

    /** What was heard of a revision, for each kind that there are watchers of. */
    void tell(Telling telling) {
        List<KeyEvent> heard = events;
        events = List.of();
        for (int kind = 0; kind < byKind.length; kind++) {
            List<Watcher> same = byKind[kind];
            EncodedEvents encoded = same == null ? null : EncodedEvents.of(heard, kind);
            if (same != null && encoded != null && !encoded.isEmpty()) {
                for (int i = same.size() - 1; i >= 0; i--) {
                    telling.tell(same.get(i), encoded);
                }
            }
        }
    }

    /** Tells one of them, who may be taken away. */
    interface Telling {
        void tell(Watcher watcher, EncodedEvents events);
    }

    void forEach(Consumer<Watcher> each) {
        for (List<Watcher> same : byKind) {
            if (same != null) {
                List.copyOf(same).forEach(each);
            }
        }
    }
}
