package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.OPEN;
import static io.tidemark.tests.conformance.Ask.bytes;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;

import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.Compare.CompareResult;
import io.tidemark.revision.etcd.proto.Compare.CompareTarget;
import java.util.List;

/** Transactions that are carried out: conditions, order, answers. */
final class TxnCases {
    private static final List<CompareResult> RESULTS =
            List.of(CompareResult.EQUAL, CompareResult.GREATER, CompareResult.LESS, CompareResult.NOT_EQUAL);

    private TxnCases() {}

    static List<Program> all() {
        return List.of(
                compareNumbers(),
                compareValues(),
                compareWithoutOther(),
                compareRanges(),
                responseShapes(),
                headers(),
                readsItsWrites(),
                withoutWrites(),
                nestedConditions(),
                nestedPaths(),
                deleteAllThenPut());
    }

    private static Program compareNumbers() {
        Script script = new Script(
                        "txn/compareNumbers", "each number of a key, and of none, against lower, equal and higher")
                .ask(
                        grant(7, 10_000),
                        put("x", ""),
                        put("a", "1"),
                        put("a", "2").setLease(7));
        for (String key : List.of("a", "absent")) {
            for (CompareResult result : RESULTS) {
                for (long number : new long[] {-1, 0, 1, 2, 3, 4, 5, 7, 8}) {
                    script.ask(Txn.when(Is.version(key, result, number)), Txn.when(Is.created(key, result, number)));
                    script.ask(Txn.when(Is.modified(key, result, number)), Txn.when(Is.lease(key, result, number)));
                }
            }
        }
        return script.end();
    }

    private static Program compareValues() {
        Script script = new Script(
                        "txn/compareValues", "values as unsigned bytes; of a key that is not there nothing holds")
                .ask(put("a", "m"), put("b", ""), put("c", "\u00ff"));
        for (String key : List.of("a", "b", "c", "absent")) {
            for (CompareResult result : RESULTS) {
                for (String value : List.of("", "\0", "l", "m", "m\0", "n", "\u0080", "\u00ff", "\u00ff\0")) {
                    script.ask(Txn.when(Is.value(key, result, value)));
                }
            }
        }
        return script.end();
    }

    private static Program compareWithoutOther() {
        Script script = new Script(
                        "txn/compareOddly",
                        "nothing to compare with, something of another kind, results that do not exist")
                .ask(put("a", ""), put("b", "1"));
        for (String key : List.of("a", "b", "absent")) {
            for (CompareTarget target : List.of(
                    CompareTarget.VERSION,
                    CompareTarget.CREATE,
                    CompareTarget.MOD,
                    CompareTarget.VALUE,
                    CompareTarget.LEASE)) {
                Compare.Builder compare =
                        Compare.newBuilder().setKey(bytes(key)).setTarget(target);
                script.ask(Txn.when(compare.clone()), Txn.when(compare.clone().setResult(CompareResult.GREATER)));
                script.ask(
                        Txn.when(compare.clone().setVersion(1)),
                        Txn.when(compare.clone().setValue(bytes("1"))));
                script.ask(Txn.when(compare.clone().setResultValue(9)));
            }
            script.ask(Txn.when(Compare.newBuilder().setKey(bytes(key)).setTargetValue(9)));
        }
        return script.end();
    }

    private static Program compareRanges() {
        Script script = new Script("txn/compareRanges", "a condition on a range must hold for each key in it")
                .ask(put("a", "1"), put("b", "1"), put("b", "1"), put("c", "2"));
        for (String[] range :
                new String[][] {{"a", "c"}, {"a", "d"}, {"b", "c"}, {"x", "z"}, {"c", "a"}, {"b", OPEN}, {"\0", OPEN}
                }) {
            for (CompareResult result : RESULTS) {
                for (Compare.Builder compare : List.of(
                        Is.version(range[0], result, 1),
                        Is.created(range[0], result, 3),
                        Is.modified(range[0], result, 0),
                        Is.value(range[0], result, "1"),
                        Is.lease(range[0], result, 0))) {
                    script.ask(Txn.when(compare.setRangeEnd(bytes(range[1]))));
                }
            }
        }
        return script.end();
    }

    private static Program responseShapes() {
        return new Script("txn/responses", "one answer for each operation of the branch that ran, in order")
                .ask(Txn.when(Is.absent("a"))
                        .then(put("a", "1"), range("a"), delete("b"))
                        .otherwise(range("a")))
                .ask(Txn.when(Is.absent("a"))
                        .then(put("a", "1"))
                        .otherwise(range("a"), delete("a").setPrevKv(true)))
                .ask(Txn.when(Is.absent("a"), Is.absent("b"))
                        .then(put("a", "2"), put("b", "2").setPrevKv(true)))
                .ask(
                        Txn.when(Is.present("a"), Is.absent("b")).then(put("c", "2")),
                        Txn.of(put("b", "3").setPrevKv(true)))
                .ask(Txn.when(Is.present("a")).otherwise(put("c", "1")), everything())
                .end();
    }

    private static Program headers() {
        return new Script(
                        "txn/headers", "revisions in the heads of the answers inside, before and after the first write")
                .ask(put("a", "1"), put("b", "1"))
                .ask(Txn.of(range("a"), delete("x"), put("a", "2"), delete("x"), range("a"), delete("b"), range("b")))
                .ask(Txn.of(delete("x"), range("a")), Txn.of(range("a"), Txn.of(put("c", "1"), range("c")), range("c")))
                .ask(Txn.of(Txn.when(Is.absent("a")).otherwise(range("a")), Txn.of(), Txn.of(delete("x"))))
                .ask(Txn.of(Txn.of(Txn.of(put("d", "1")))), everything())
                .end();
    }

    private static Program readsItsWrites() {
        return new Script("txn/readsItsWrites", "ranges and prev_kv see what the transaction wrote before them")
                .ask(put("a", "1"), put("b", "1"))
                .ask(Txn.of(
                        range("a"),
                        put("a", "2").setPrevKv(true),
                        everything(),
                        delete("b").setPrevKv(true),
                        everything()))
                .ask(Txn.of(
                        put("c", "1"), everything().setRevision(3), everything().setCountOnly(true), put("d", "1")))
                .ask(Txn.of(
                        delete("a", "b"),
                        everything().setKeysOnly(true),
                        put("b", "9").setPrevKv(true),
                        range("b").setLimit(1)))
                .ask(
                        Txn.of(
                                put("e", "1"),
                                everything().setRevision(6),
                                everything().setMinModRevision(7)),
                        everything())
                .end();
    }

    private static Program withoutWrites() {
        return new Script("txn/withoutWrites", "empty, reading and ineffective transactions take no revision")
                .ask(Txn.of(), Txn.of(range("a")), put("a", "1"), Txn.of(), Txn.when(Is.present("a")))
                .ask(
                        Txn.when(Is.absent("a")).then(put("a", "2")),
                        Txn.of(range("a").setSerializable(true)))
                .ask(
                        Txn.of(delete("x")),
                        Txn.of(Txn.of()),
                        Txn.of(Txn.of(range("a"))),
                        Txn.of(delete("x", "z").setPrevKv(true)))
                .ask(Txn.of(range("a").setRevision(9)), Txn.of(range("a").setRevision(1)), everything())
                .end();
    }

    private static Program nestedConditions() {
        return new Script("txn/nestedConditions", "conditions inside see the state before the transaction")
                .ask(Txn.of(
                        put("a", "1"),
                        Txn.when(Is.present("a")).then(put("b", "then")).otherwise(put("b", "else"))))
                .ask(Txn.of(
                        delete("a"),
                        Txn.when(Is.present("a")).then(put("c", "then")).otherwise(put("c", "else"))))
                .ask(Txn.of(
                        put("x", "1"),
                        Txn.when(Is.value("x", CompareResult.EQUAL, "1"))
                                .then(range("x"))
                                .otherwise(range("b"))))
                .ask(everything())
                .end();
    }

    private static Program nestedPaths() {
        Txn deepest = Txn.when(Is.absent("a")).then(put("deep", "then")).otherwise(put("deep", "else"), range("a"));
        return new Script("txn/nestedPaths", "siblings and children each go their own way")
                .ask(put("a", "1"))
                .ask(Txn.when(Is.present("a"))
                        .then(
                                Txn.when(Is.absent("a")).then(put("b", "1")).otherwise(put("b", "2"), deepest),
                                Txn.when(Is.present("a"))
                                        .then(put("c", "1"), range("b"))
                                        .otherwise(put("c", "2")),
                                range("a", "z"))
                        .otherwise(put("never", "1")))
                .ask(Txn.when(Is.absent("a"))
                        .then(Txn.of(put("n", "1")))
                        .otherwise(Txn.when(Is.absent("q")).then(range("deep"))))
                .ask(everything())
                .end();
    }

    private static Program deleteAllThenPut() {
        return new Script("txn/deleteAllThenPut", "an open delete does not count as overlapping a put, and comes first")
                .ask(
                        put("b", "1"),
                        put("c", "1"),
                        Txn.of(delete("a", OPEN).setPrevKv(true), put("b", "2").setPrevKv(true)))
                .ask(everything(), Txn.of(put("b", "3"), delete("a", OPEN).setPrevKv(true)), everything())
                .ask(put("d", "1"), Txn.of(delete("\0", OPEN), put("d", "2"), range("d")), everything())
                .end();
    }
}
