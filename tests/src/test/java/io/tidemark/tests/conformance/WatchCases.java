package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.OPEN;
import static io.tidemark.tests.conformance.Ask.bytes;
import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.revoke;

import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchCreateRequest.FilterType;
import io.tidemark.revision.etcd.proto.WatchRequest;
import java.util.List;
import java.util.stream.IntStream;

/** What watches tell of the history that was there when they were created. */
final class WatchCases {
    private WatchCases() {}

    static List<Program> all() {
        return List.of(starts(), ranges(), refused(), compacted(), filters(), previous(), order(), leases());
    }

    /** A watch on a range, to be refined. */
    static WatchCreateRequest.Builder from(long revision, String key, String end) {
        return WatchCreateRequest.newBuilder()
                .setKey(bytes(key))
                .setRangeEnd(bytes(end))
                .setStartRevision(revision);
    }

    static WatchRequest watch(WatchCreateRequest.Builder create) {
        return WatchRequest.newBuilder().setCreateRequest(create).build();
    }

    private static WatchRequest everything(long revision) {
        return watch(from(revision, "\0", OPEN));
    }

    private static Program starts() {
        Script script = new Script(
                        "watch/starts", "from now, from each revision there was, and with an id of one's own")
                .ask(put("a", "1"), put("b", "1"), put("a", "2"), delete("b"), delete("x"), put("b", "2"));
        for (long revision = 0; revision <= 6; revision++) {
            script.ask(everything(revision));
        }
        return script.ask(
                        watch(from(3, "a", "c").setWatchId(42)),
                        watch(from(3, "a", "c").setWatchId(-42)))
                .ask(
                        watch(from(2, "a", "c").setProgressNotify(true)),
                        watch(from(2, "a", "c").setFragment(true)))
                .end();
    }

    private static Program ranges() {
        Script script = new Script("watch/ranges", "one key, ranges, open ends, no key at all")
                .puts("\0", "a", "aa", "b", "c", "\u00ff", "\u00ff\u00ff");
        for (String[] range : new String[][] {
            {"a", ""},
            {"a", "a\0"},
            {"a", "b"},
            {"a", "c"},
            {"b", OPEN},
            {"\0", OPEN},
            {"", ""},
            {"", "b"},
            {"", OPEN},
            {"\u00ff", OPEN},
            {"\u00ff", "\u00ff\u00ff"},
            {"x", "z"}
        }) {
            script.ask(watch(from(1, range[0], range[1])));
        }
        return script.end();
    }

    private static Program refused() {
        return new Script("watch/refused", "empty ranges and negative starts are told as created, canceled and why")
                .puts("a", "b")
                .ask(
                        watch(from(1, "b", "a")),
                        watch(from(1, "b", "b")),
                        watch(from(0, "b", "a").setWatchId(7)))
                .ask(everything(-1), everything(Long.MIN_VALUE), watch(from(-1, "b", "a")))
                .end();
    }

    private static Program compacted() {
        Script script = new Script(
                        "watch/compacted", "starts before the compacted revision, at it, after it; deletions at it")
                .ask(
                        put("a", "1"),
                        put("b", "1"),
                        put("a", "2"),
                        delete("a"),
                        put("a", "3"),
                        put("b", "2"),
                        delete("b"));
        for (long revision : new long[] {4, 5, 6, 8}) {
            script.ask(compact(revision));
            for (long start = revision - 1; start <= 8; start++) {
                script.ask(everything(start), watch(from(start, "a", "").setPrevKv(true)));
                script.ask(watch(from(start, "\0", OPEN).setPrevKv(true).setWatchId(9)));
            }
        }
        return script.end();
    }

    private static Program filters() {
        Script script = new Script("watch/filters", "without puts, without deletes, without both, and twice the same")
                .ask(
                        put("a", "1"),
                        delete("a"),
                        Txn.of(put("b", "1"), put("c", "1")),
                        Txn.of(put("a", "2"), delete("b")));
        for (List<FilterType> filters : List.of(
                List.of(FilterType.NOPUT),
                List.of(FilterType.NODELETE),
                List.of(FilterType.NOPUT, FilterType.NODELETE),
                List.of(FilterType.NOPUT, FilterType.NOPUT))) {
            script.ask(watch(from(1, "\0", OPEN).addAllFilters(filters)));
            script.ask(watch(from(4, "\0", OPEN).addAllFilters(filters).setPrevKv(true)));
        }
        return script.ask(watch(from(1, "\0", OPEN).addFiltersValue(9))).end();
    }

    private static Program previous() {
        return new Script("watch/previous", "prev_kv of creates, updates and deletes, one by one and in transactions")
                .ask(put("a", "1"), put("a", "2"), delete("a"), put("a", "3"), put("b", "1"))
                .ask(Txn.of(put("a", "4"), put("b", "2"), put("c", "1")), delete("a", "z"))
                .ask(Txn.of(put("d", "1"), delete("a", OPEN), put("e", "1")))
                .ask(
                        watch(from(1, "\0", OPEN).setPrevKv(true)),
                        watch(from(6, "b", "").setPrevKv(true)),
                        everything(1))
                .end();
    }

    private static Program order() {
        Object[] puts = IntStream.range(0, 100)
                .mapToObj(i -> put("k" + (i * 37) % 100, "v" + i))
                .toArray();
        return new Script(
                        "watch/order",
                        "a transaction's events in the order of its operations, a delete's in that of keys")
                .ask(
                        Txn.of(puts),
                        Txn.of(put("z", "1"), delete("k1", "k3"), Txn.of(put("b", "1"), delete("k5")), put("a", "1")))
                .ask(
                        delete("k", "l"),
                        everything(1),
                        watch(from(1, "k1", "k2").setFragment(true).setPrevKv(true)))
                .end();
    }

    private static Program leases() {
        return new Script("watch/leases", "puts tell their lease; revoking tells deletes in the order of keys")
                .ask(
                        grant(7, 10_000),
                        put("c", "1").setLease(7),
                        put("a", "1").setLease(7),
                        put("b", "1").setLease(7))
                .ask(put("b", "").setIgnoreValue(true), revoke(7), everything(1))
                .ask(watch(from(6, "\0", OPEN).setPrevKv(true)))
                .end();
    }
}
