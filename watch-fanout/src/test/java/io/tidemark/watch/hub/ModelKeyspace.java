package io.tidemark.watch.hub;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A keyspace in memory that remembers every version, and a history that answers when it likes. */
final class ModelKeyspace implements Bounds, History {
    private static final long FIRST = 2;

    private final Random random;
    private final Map<Key, @Nullable KeyValue> now = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final Deque<Runnable> reading = new ArrayDeque<>();
    private final Set<Long> tooLarge = new HashSet<>();
    private long compacted = -1;

    /** An event as the model knows it: what the key is, and was. */
    record Told(
            long revision,
            Key key,
            @Nullable KeyValue kv,
            @Nullable KeyValue before) {
        boolean isDeletion() {
            return kv == null;
        }

        boolean isCreation() {
            return kv != null && kv.createRevision() == revision;
        }
    }

    ModelKeyspace(Random random) {
        this.random = random;
    }

    /** Writes some keys at the next revision. */
    RevisionEvents write() {
        long revision = revision() + 1;
        Map<Key, Told> written = new TreeMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Key key = key(random);
            KeyValue before = now.get(key);
            KeyValue kv = before != null && random.nextInt(3) == 0 ? null : next(key, before, revision);
            written.putIfAbsent(key, new Told(revision, key, kv, before));
        }
        List<KeyEvent> events = new ArrayList<>();
        for (Told each : written.values()) {
            now.put(each.key(), each.kv());
            told.add(each);
            events.add(event(each, true));
        }
        if (random.nextInt(6) > 0) {
            return new RevisionEvents(revision, revision, events);
        }
        if (random.nextInt(3) == 0) {
            tooLarge.add(revision);
        }
        events.replaceAll(KeyEvent::withoutBefore);
        return new RevisionEvents(revision, revision, false, events);
    }

    /** Whether who wants to know what keys were before is not told of a revision. */
    boolean isTooLarge(long revision) {
        return tooLarge.contains(revision);
    }

    private KeyValue next(Key key, @Nullable KeyValue before, long revision) {
        byte[] value = "v%d".formatted(revision).repeat(1 + random.nextInt(4)).getBytes(StandardCharsets.UTF_8);
        return before == null
                ? new KeyValue(key, revision, revision, 1, value, 0)
                : new KeyValue(key, before.createRevision(), revision, before.version() + 1, value, 0);
    }

    static Key key(Random random) {
        return key(root(random) + "/" + (char) ('a' + random.nextInt(3)));
    }

    /** One of those below which all keys are. */
    static String root(Random random) {
        return random.nextBoolean() ? "p" : "q";
    }

    static Key key(String name) {
        return Key.of(name.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyEvent event(Told told, boolean previous) {
        byte[] before = told.before() == null || !previous ? null : KeyValueElement.encode(told.before());
        return told.kv() == null
                ? KeyEvent.deletion(told.key(), told.revision(), before)
                : KeyEvent.put(told.key(), KeyValueElement.encode(told.kv()), before);
    }

    void compact() {
        compacted = Math.max(compacted, revision() - random.nextInt(20));
    }

    @Override
    public long revision() {
        return told.isEmpty() ? FIRST - 1 : told.getLast().revision();
    }

    @Override
    public long compacted() {
        return compacted;
    }

    /** What a watcher of the range has to be told from a revision on, up to another one. */
    List<Told> between(Subscription subscription, long from, long through) {
        return told.stream()
                .filter(each -> each.revision() >= from && each.revision() <= through)
                .filter(each -> subscription.range().contains(each.key()))
                .filter(each -> each.isDeletion() ? subscription.deletions() : subscription.puts())
                .toList();
    }

    @Override
    public boolean read(KeyRange range, long from, boolean previous, Consumer<Part> then) {
        if (random.nextInt(5) == 0) {
            return false;
        }
        int most = 1 + random.nextInt(6);
        reading.add(() -> then.accept(random.nextInt(8) == 0 ? new Part.Failed() : part(range, from, previous, most)));
        return true;
    }

    private Part part(KeyRange range, long from, boolean previous, int most) {
        if (from < compacted) {
            return new Part.Compacted(compacted);
        }
        long through = Math.min(revision(), from + most - 1);
        Map<Long, List<KeyEvent>> events = new TreeMap<>();
        for (Told each : between(new Subscription(range, true, true, true, false, false), from, through)) {
            if (previous && isTooLarge(each.revision())) {
                if (each.revision() == from) {
                    return new Part.TooLarge(from);
                }
                through = each.revision() - 1;
                break;
            }
            events.computeIfAbsent(each.revision(), made -> new ArrayList<>())
                    .add(event(each, previous && each.revision() > compacted));
        }
        List<RevisionEvents> revisions = events.entrySet().stream()
                .map(entry -> new RevisionEvents(entry.getKey(), entry.getKey(), entry.getValue()))
                .toList();
        return new Part.Told(revisions, through);
    }

    /** Lets one reading end. */
    boolean answer() {
        Runnable next = reading.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }
}
