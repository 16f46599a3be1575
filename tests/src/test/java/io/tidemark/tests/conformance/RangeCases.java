package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.OPEN;
import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;

import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeRequest.SortOrder;
import io.tidemark.revision.etcd.proto.RangeRequest.SortTarget;
import java.util.List;

/** Reading: which keys, as of when, in which order, how many. */
final class RangeCases {
    private static final EtcdMethod STREAM = EtcdMethod.at("etcdserverpb.KV/RangeStream");

    private RangeCases() {}

    static List<Program> all() {
        return List.of(
                presentAndAbsent(),
                shapes(),
                limits(),
                revisions(),
                sortOrders(),
                sortsWithoutTies(),
                revisionBounds(),
                keysOnlyAndCountOnly(),
                refusals(),
                serializable(),
                stream(),
                binaryKeys(),
                longKeys());
    }

    private static Program presentAndAbsent() {
        return new Script(
                        "range/presentAndAbsent",
                        "a key that is there, one that is not, and a store with nothing in it")
                .ask(range("a"), everything())
                .puts("a")
                .ask(range("a"), range("b"), range("a").setLimit(1))
                .end();
    }

    private static Program shapes() {
        return new Script(
                        "range/shapes", "one key, half-open, empty, inverted, open and whole ranges; ends of prefixes")
                .puts("\0", "a", "aa", "b", "c", "\u00fe\u00ff", "\u00ff", "\u00ff\u00ff")
                .ask(range("a", "c"), range("a", "a"), range("c", "a"), range("a", "a\0"), range("a", "b"))
                .ask(range("b", OPEN), range("\0", OPEN), range("a", OPEN), range("zz", OPEN), range("\u00ff", OPEN))
                .ask(range("\u00fe", "\u00ff"), range("\u00ff", "\u00ff\u00ff"), range("\0", "a"), range("\0", "\0\0"))
                .ask(range("\u00ff\u00ff", OPEN), range("\u00ff\u00ff\u00ff", OPEN))
                .end();
    }

    private static Program limits() {
        Script script = new Script("range/limits", "kvs, more and count for every limit around the number of keys")
                .puts("a", "b", "c", "d", "e");
        for (long limit : new long[] {0, 1, 4, 5, 6, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            script.ask(
                    range("a", "z").setLimit(limit),
                    range("b", "d").setLimit(limit),
                    range("c").setLimit(limit));
        }
        return script.end();
    }

    private static Program revisions() {
        Script script = new Script(
                        "range/revisions", "every revision there was, none before the compaction, none to come")
                .ask(
                        put("a", "1"),
                        put("b", "1"),
                        put("a", "2"),
                        delete("a"),
                        put("a", "3"),
                        delete("a", "c"),
                        put("c", ""));
        for (long revision = -2; revision <= 10; revision++) {
            script.ask(everything().setRevision(revision), range("a").setRevision(revision));
        }
        script.ask(compact(5));
        for (long revision = -2; revision <= 10; revision++) {
            script.ask(everything().setRevision(revision), range("a").setRevision(revision));
        }
        return script.end();
    }

    private static Program sortOrders() {
        // at most twelve keys: up to there etcd leaves equal ones in the order of keys
        Script script = new Script("range/sortOrders", "each target in each order, with limits and ties")
                .ask(
                        put("c", "y"),
                        put("a", "x"),
                        put("b", "z"),
                        put("a", "y"),
                        put("d", "y"),
                        put("c", "x"),
                        put("c", ""));
        for (SortTarget target :
                List.of(SortTarget.KEY, SortTarget.VERSION, SortTarget.CREATE, SortTarget.MOD, SortTarget.VALUE)) {
            for (SortOrder order : List.of(SortOrder.NONE, SortOrder.ASCEND, SortOrder.DESCEND)) {
                for (long limit : new long[] {0, 2, 4}) {
                    script.ask(everything()
                            .setSortTarget(target)
                            .setSortOrder(order)
                            .setLimit(limit));
                }
            }
        }
        return script.end();
    }

    private static Program sortsWithoutTies() {
        Script script = new Script("range/sortsBeforeOptions", "sorts as of a revision, of keys only and within bounds")
                .ask(
                        put("c", "3"),
                        put("a", "1"),
                        put("b", "2"),
                        put("a", "5"),
                        put("d", "0"),
                        put("a", "4"),
                        put("b", "6"));
        for (SortTarget target :
                List.of(SortTarget.KEY, SortTarget.VERSION, SortTarget.CREATE, SortTarget.MOD, SortTarget.VALUE)) {
            RangeRequest.Builder sorted = everything().setSortTarget(target).setSortOrder(SortOrder.DESCEND);
            script.ask(
                    sorted.clone().setRevision(5),
                    sorted.clone().setKeysOnly(true),
                    sorted.clone().setCountOnly(true),
                    sorted.clone().setMinModRevision(4).setLimit(2),
                    sorted.clone().setRevision(6).setMaxCreateRevision(3).setLimit(1));
        }
        return script.end();
    }

    private static Program revisionBounds() {
        Script script = new Script("range/revisionBounds", "bounds of mod and create revisions leave count as it is")
                .ask(put("a", "1"), put("b", "1"), put("c", "1"), put("a", "2"), put("d", "1"), put("b", "2"));
        for (long bound : new long[] {-1, 1, 2, 3, 4, 5, 7, 8}) {
            script.ask(
                    everything().setMinModRevision(bound),
                    everything().setMaxModRevision(bound),
                    everything().setMinCreateRevision(bound),
                    everything().setMaxCreateRevision(bound),
                    everything().setMaxModRevision(bound).setLimit(1),
                    everything().setMinModRevision(bound).setLimit(2).setRevision(6));
        }
        script.ask(
                everything().setMinModRevision(4).setMaxModRevision(5),
                everything().setMinModRevision(5).setMaxModRevision(4),
                everything().setMinCreateRevision(3).setMaxModRevision(6).setLimit(1),
                everything().setMinModRevision(6).setCountOnly(true),
                everything().setMinModRevision(6).setKeysOnly(true));
        return script.end();
    }

    private static Program keysOnlyAndCountOnly() {
        return new Script("range/keysOnlyAndCountOnly", "what keys_only and count_only leave of an answer")
                .ask(
                        Ask.grant(7, 10_000),
                        put("a", "1").setLease(7),
                        put("b", "2"),
                        put("c", "3"),
                        put("a", "4").setLease(7))
                .ask(
                        everything().setKeysOnly(true),
                        everything().setKeysOnly(true).setLimit(2))
                .ask(everything().setKeysOnly(true).setRevision(3), range("a").setKeysOnly(true))
                .ask(everything().setKeysOnly(true).setSortTarget(SortTarget.VALUE))
                .ask(everything()
                        .setKeysOnly(true)
                        .setSortTarget(SortTarget.MOD)
                        .setSortOrder(SortOrder.DESCEND))
                .ask(
                        everything().setCountOnly(true),
                        everything().setCountOnly(true).setLimit(1))
                .ask(everything().setCountOnly(true).setRevision(2), range("x").setCountOnly(true))
                .ask(
                        everything().setCountOnly(true).setRevision(9),
                        everything().setCountOnly(true).setKeysOnly(true))
                .end();
    }

    private static Program refusals() {
        return new Script("range/refusals", "no key, sorts that do not exist")
                .puts("a")
                .ask(RangeRequest.newBuilder(), range("", "b"), range("", OPEN))
                .ask(
                        range("a").setSortOrderValue(99),
                        range("a").setSortTargetValue(99),
                        range("a").setSortTargetValue(-1))
                .ask(range("").setSortOrderValue(99), range("a").setRevision(9).setSortOrderValue(99))
                .end();
    }

    private static Program serializable() {
        return new Script("range/serializable", "reads without proof of being the newest, of all kinds")
                .puts("a", "b")
                .ask(
                        range("a").setSerializable(true),
                        everything().setSerializable(true).setRevision(2))
                .ask(
                        everything().setSerializable(true).setRevision(7),
                        range("").setSerializable(true))
                .end();
    }

    private static Program stream() {
        Script script =
                new Script("range/stream", "the pieces merge to what one answer says; sorts and bounds are refused");
        for (int i = 10; i < 45; i++) {
            script.puts("k" + i);
        }
        script.ask(delete("k11"), put("k12", "again"));
        for (RangeRequest.Builder range : List.of(
                everything(),
                everything().setLimit(15),
                everything().setRevision(20),
                everything().setRevision(20).setLimit(11),
                everything().setKeysOnly(true),
                everything().setCountOnly(true),
                everything().setSortOrder(SortOrder.ASCEND),
                everything().setSerializable(true),
                range("k12"),
                range("x"),
                range("k20", "k30"),
                range(""),
                everything().setRevision(99),
                everything().setSortOrder(SortOrder.DESCEND),
                everything().setSortTarget(SortTarget.MOD),
                everything().setSortTarget(SortTarget.MOD).setSortOrder(SortOrder.ASCEND),
                everything().setMinModRevision(1),
                everything().setMaxCreateRevision(9),
                everything().setSortOrderValue(99))) {
            script.ask(STREAM, range);
        }
        script.ask(compact(20))
                .ask(STREAM, everything().setRevision(19))
                .ask(STREAM, everything().setRevision(20));
        return script.end();
    }

    private static Program binaryKeys() {
        return new Script("range/binaryKeys", "keys and values are bytes: zeros, 0xff, no text, nothing")
                .ask(
                        put("\0", ""),
                        put("\0\0", "\0"),
                        put("\u0080\u00c3\u0028", "\u00ff\u00fe"),
                        put("\u00ff", "\0\u00ff"))
                .ask(everything(), range("\0"), range("\0\0"), range("\u0080\u00c3\u0028"), range("\0\0\0"))
                .ask(delete("\0"), everything())
                .end();
    }

    private static Program longKeys() {
        String key = "k".repeat(64 * 1024);
        return new Script("range/longKeys", "keys of 64 KiB")
                .ask(put(key, "v"), put(key + "\0", "w"))
                .ask(range(key), range(key, OPEN).setKeysOnly(true), delete(key, key + "\0"), range(key, OPEN))
                .end();
    }
}
