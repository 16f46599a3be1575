package io.tidemark.tests.bench.store;

import java.util.ArrayList;
import java.util.List;

/** What is measured, in the order in which it is. */
final class Cases {
    private static final int[] MANY = {64, 300, 1_000};
    private static final int KEYS = 10_000;
    private static final int DELETED = 250_000;
    private static final int PER_SLOT = 10;

    private Cases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        cases.add(new Case("put 256 B, 1", 1, loader -> Writes.puts(loader.fresh(256), KEYS)));
        for (int bytes : new int[] {512, 4_096}) {
            for (int slots : MANY) {
                writes(cases, bytes, slots);
            }
        }
        for (int slots : new int[] {1, 64, 300, 1_000}) {
            cases.add(new Case("get 512 B, " + slots, slots, loader -> Reads.gets(loader.kept(KEYS, 512))));
            cases.add(new Case("newest revision, " + slots, slots, loader -> Reads.newestRevision()));
        }
        cases.add(new Case("count 100,000, 1", 1, loader -> Reads.counts(loader.kept(100_000, 100))));
        lists(cases, 500, 100);
        lists(cases, 10_000, 100);
        lists(cases, 10_000, 4_096);
        lists(cases, 500_000, 100);
        return cases;
    }

    private static void writes(List<Case> cases, int bytes, int slots) {
        String size = bytes + " B, " + slots;
        cases.add(new Case("create " + size, slots, loader -> Writes.creates(loader.fresh(bytes), Integer.MAX_VALUE)));
        cases.add(new Case(
                "update " + size, slots, loader -> Writes.updates(loader.fresh(slots * PER_SLOT, bytes), slots)));
        cases.add(new Case("delete " + size, slots, loader -> Writes.deletes(loader.fresh(DELETED, bytes))));
    }

    private static void lists(List<Case> cases, int count, int bytes) {
        String size = count + " x " + bytes + " B, 2";
        int slots = 2;
        cases.add(new Case("list " + size, slots, loader -> Reads.lists(loader.kept(count, bytes))));
        cases.add(new Case("stream " + size, slots, loader -> Reads.streams(loader.kept(count, bytes))));
        if (count >= KEYS) {
            cases.add(new Case(
                    "page of 500 of " + size, slots, loader -> Reads.pages(loader.kept(count, bytes), 500, slots)));
        }
    }
}
