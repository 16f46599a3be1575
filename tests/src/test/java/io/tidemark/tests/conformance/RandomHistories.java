package io.tidemark.tests.conformance;

import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchCreateRequest.FilterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Random writes that all succeed, so that the revision is known after each, then watches from every revision. Options take
 * turns: each combination of them comes about equally often.
 */
final class RandomHistories {
    private static final int PROGRAMS = 10;
    private static final int WRITES = 80;
    private static final List<String> KEYS = List.of("a", "aa", "b", "b\0", "c", "d", "e", "\0", "\u00ff");
    private static final String[][] RANGES = {
        {"\0", Ask.OPEN}, {"a", "c"}, {"b", ""}, {"c", Ask.OPEN}, {"", "b"}, {"aa", "e"}
    };
    private static final List<List<FilterType>> FILTERS = List.of(
            List.of(),
            List.of(FilterType.NOPUT),
            List.of(FilterType.NODELETE),
            List.of(FilterType.NOPUT, FilterType.NODELETE));

    private final Random random;
    private final Script script;
    private final TreeSet<String> keys = new TreeSet<>();
    private long revision = 1;

    private RandomHistories(long seed) {
        random = new Random(seed);
        script = new Script("watch/seed" + seed, "random writes, then watches from every revision with all options");
    }

    static List<Program> all() {
        return LongStream.rangeClosed(1, PROGRAMS)
                .mapToObj(seed -> new RandomHistories(seed).program())
                .toList();
    }

    private Program program() {
        for (int i = 0; i < WRITES; i++) {
            write();
        }
        long compacted = random.nextInt(3) == 0 ? 0 : random.nextLong(revision / 2) + 2;
        if (compacted > 0) {
            script.ask(Ask.compact(compacted));
        }
        int turn = random.nextInt(RANGES.length * FILTERS.size() * 4);
        for (long start = Math.max(0, compacted - 3); start <= revision; start++) {
            script.ask(WatchCases.watch(options(start, turn++)));
        }
        return script.end();
    }

    private static WatchCreateRequest.Builder options(long start, int turn) {
        String[] range = RANGES[turn % RANGES.length];
        // lengths of turns without a common divisor meet in every combination
        return WatchCases.from(start, range[0], range[1])
                .addAllFilters(FILTERS.get(turn / RANGES.length % FILTERS.size()))
                .setPrevKv(turn % 5 < 3)
                .setFragment(turn % 7 < 3)
                .setProgressNotify(turn % 11 < 3);
    }

    private void write() {
        switch (random.nextInt(4)) {
            case 0 -> delete();
            case 1 -> several();
            default -> {
                String key = key();
                keys.add(key);
                revision++;
                script.ask(Ask.put(key, value()));
            }
        }
    }

    private void delete() {
        String from = key();
        String to = key();
        List<String> hit = keys.stream().filter(key -> within(key, from, to)).toList();
        revision += hit.isEmpty() ? 0 : 1;
        hit.forEach(keys::remove);
        script.ask(Ask.delete(from, to));
    }

    private static boolean within(String key, String from, String to) {
        return key.compareTo(from) >= 0 && (to.equals(Ask.OPEN) || key.compareTo(to) < 0);
    }

    /** Puts of different keys, and a delete of one that is none of them. */
    private void several() {
        List<String> some = KEYS.stream().filter(key -> random.nextInt(3) == 0).toList();
        String gone = key();
        List<Object> operations = new ArrayList<>();
        for (String key : some) {
            if (!key.equals(gone)) {
                operations.add(Ask.put(key, value()));
            }
        }
        revision += operations.isEmpty() && !keys.contains(gone) ? 0 : 1;
        keys.addAll(some);
        keys.remove(gone);
        operations.add(random.nextInt(operations.size() + 1), Ask.delete(gone));
        script.ask(Txn.of(operations.toArray()));
    }

    private String key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private String value() {
        return "xy\0".substring(random.nextInt(4));
    }
}
