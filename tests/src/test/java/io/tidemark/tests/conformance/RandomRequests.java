package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.bytes;

import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Requests over few keys, so that they meet. The revision that the store has reached is only guessed, from what was
 * asked so far: that is good enough to ask for old, current and future ones.
 */
final class RandomRequests {
    // twelve: up to there etcd leaves equal ones of a sorted range in the order of keys
    private static final List<String> KEYS =
            List.of("a", "b", "c", "d", "e", "aa", "ab", "a\0", "\0", "\u00ff", "\u00ff\u00ff", "b\u00ff");
    private static final List<String> ENDS =
            List.of("", "", "", "b", "c", "e", "z", "a\0", "ab", "\u00ff", "\0", "\0\0", "a\u00ff");
    private static final String VALUE_BYTES = "\0xy\u00ff";
    private static final List<Long> LEASES = List.of(1L, 2L, 3L, 4L, -7L);

    final Random random;
    private final List<String> keys;
    private final List<String> ends;
    private final RandomTxns txns = new RandomTxns(this);
    private final Set<Long> granted = new TreeSet<>();
    private double guessed = 1;
    private int grants;
    private long compacted = 1;

    RandomRequests(long seed) {
        random = new Random(seed);
        keys = KEYS;
        ends = ENDS;
    }

    /** Requests to a store of which it is known what it holds. */
    RandomRequests(long seed, Alphabet alphabet, Known known) {
        random = new Random(seed);
        keys = alphabet.keys();
        ends = alphabet.ends();
        guessed = known.revision();
        compacted = known.compacted();
        granted.addAll(known.leases());
        grants = known.grants();
    }

    Message next() {
        int dice = random.nextInt(1000);
        if (dice < 300) {
            PutRequest put = put(true).build();
            guessed += likely(put) ? 1 : 0;
            return put;
        } else if (dice < 540) {
            return range().build();
        } else if (dice < 640) {
            guessed += 0.6;
            return delete(true).build();
        } else if (dice < 910) {
            guessed += 0.4;
            return txns.next();
        } else if (dice < 935) {
            return compaction();
        }
        return lease(dice);
    }

    private boolean likely(PutRequest put) {
        return !put.getKey().isEmpty()
                && (put.getLease() == 0 || granted.contains(put.getLease()))
                && !put.getIgnoreValue()
                && !put.getIgnoreLease();
    }

    private Message compaction() {
        long span = Math.max(1, reached() - compacted);
        long revision = compacted + (one(4) ? random.nextLong(span + 4) - 2 : 1 + random.nextLong(span / 3 + 1));
        compacted = Math.clamp(revision, compacted, reached());
        return Ask.compact(revision).setPhysical(one(4)).build();
    }

    private Message lease(int dice) {
        long id = LEASES.get(random.nextInt(LEASES.size()));
        if (dice < 960) {
            granted.add(id);
            // each ends at another second, so that their order is told
            return Ask.grant(id, 10_000 + 1_000L * grants++).build();
        } else if (dice < 975) {
            granted.remove(id);
            return Ask.revoke(id).build();
        } else if (dice < 990) {
            return Ask.timeToLive(id).setKeys(one(2)).build();
        }
        return Ask.leases().build();
    }

    /** The revision that the store has about reached. */
    private long reached() {
        return Math.round(guessed);
    }

    /** A put; {@code ignoring}: perhaps one that keeps what is there. */
    PutRequest.Builder put(boolean ignoring) {
        PutRequest.Builder put =
                PutRequest.newBuilder().setKey(bytes(key())).setPrevKv(one(3)).setLease(leaseId());
        boolean keepValue = ignoring && one(8);
        put.setIgnoreValue(keepValue);
        if (!keepValue || one(8)) {
            put.setValue(bytes(value()));
        }
        if (ignoring && one(8)) {
            put.setIgnoreLease(true).setLease(one(8) ? put.getLease() : 0);
        }
        return put;
    }

    /** A delete; {@code open}: perhaps one of every key from some key on. */
    DeleteRangeRequest.Builder delete(boolean open) {
        String end = end();
        return Ask.delete(key(), open || !end.equals(Ask.OPEN) ? end : "").setPrevKv(one(2));
    }

    RangeRequest.Builder range() {
        RangeRequest.Builder range = Ask.range(key(), one(3) ? "" : end());
        if (one(3)) {
            range = Ask.everything();
        }
        range.setSerializable(one(6)).setKeysOnly(one(6)).setCountOnly(one(8)).setRevision(revision());
        if (one(3)) {
            range.setLimit(random.nextInt(6) - 1);
        }
        if (one(3)) {
            range.setSortOrderValue(random.nextInt(3)).setSortTargetValue(random.nextInt(5));
        } else if (one(60)) {
            range.setSortTargetValue(5);
        }
        return one(4) ? bounded(range) : range;
    }

    private RangeRequest.Builder bounded(RangeRequest.Builder range) {
        long low = random.nextLong(reached() + 2);
        long high = low + random.nextLong(reached() + 2);
        switch (random.nextInt(4)) {
            case 0 -> range.setMinModRevision(low);
            case 1 -> range.setMaxModRevision(high).setMinCreateRevision(low);
            case 2 -> range.setMinCreateRevision(low).setMaxCreateRevision(high);
            default -> range.setMinModRevision(low).setMaxModRevision(high);
        }
        return range;
    }

    /** Mostly the newest or a readable one, at times one that is compacted or to come. */
    long revision() {
        if (one(2)) {
            return 0;
        } else if (one(12)) {
            return random.nextInt(5) - 2;
        }
        return compacted + random.nextLong(Math.max(1, reached() - compacted) + 2);
    }

    String key() {
        return one(150) ? "" : keys.get(random.nextInt(keys.size()));
    }

    String end() {
        return ends.get(random.nextInt(ends.size()));
    }

    String value() {
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            value.append(VALUE_BYTES.charAt(random.nextInt(VALUE_BYTES.length())));
        }
        return value.toString();
    }

    /** None, one that is there, or seldom one that may not be. */
    long leaseId() {
        if (one(2)) {
            return 0;
        }
        List<Long> leases = granted.isEmpty() || one(8) ? LEASES : List.copyOf(granted);
        return leases.get(random.nextInt(leases.size()));
    }

    /** True once in so many times. */
    boolean one(int times) {
        return random.nextInt(times) == 0;
    }
}
