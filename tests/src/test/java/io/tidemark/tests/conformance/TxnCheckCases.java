package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;

import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.RequestOp;
import java.util.List;
import java.util.stream.IntStream;

/** Transactions that are refused, and what just passes. */
final class TxnCheckCases {
    private TxnCheckCases() {}

    static List<Program> all() {
        return List.of(
                duplicatePuts(),
                putInsideDelete(),
                nestedDuplicates(),
                siblings(),
                operationLimit(),
                nestedLimit(),
                emptyParts(),
                optionsInBothBranches(),
                leavesNoTrace(),
                takenBranch(),
                refusalOrder());
    }

    private static Program duplicatePuts() {
        return new Script("txn/duplicatePuts", "one key may be put once in a branch, in either or both")
                .ask(Txn.of(put("a", "1"), put("a", "2")), Txn.when().otherwise(put("a", "1"), put("a", "1")))
                .ask(Txn.of(put("a", "1")).otherwise(put("a", "2")), Txn.of(put("a", "1"), put("b", "1")), everything())
                .end();
    }

    private static Program putInsideDelete() {
        return new Script(
                        "txn/putInsideDelete", "a put within a deleted range is refused in either order, beside it not")
                .puts("a", "b", "c")
                .ask(Txn.of(put("b", "1"), delete("b")), Txn.of(delete("b"), put("b", "1")))
                .ask(Txn.of(put("b", "1"), delete("a", "c")), Txn.of(delete("a", "c"), put("b", "1")))
                .ask(Txn.of(put("a", "1"), delete("a", "c")), Txn.of(put("c", "1"), delete("a", "c")))
                .ask(Txn.of(put("c", "1"), delete("d", "a")), Txn.of(put("b", "1"), delete("b", "b")))
                .ask(
                        Txn.of(put("b", "2")).otherwise(delete("b")),
                        Txn.of(delete("a"), delete("a", "c"), delete("a")),
                        everything())
                .end();
    }

    private static Program nestedDuplicates() {
        return new Script("txn/nestedDuplicates", "a key inside counts outside; both branches of one may put the same")
                .ask(Txn.of(put("a", "1"), Txn.of(put("a", "2"))), Txn.of(Txn.of(put("a", "2")), put("a", "1")))
                .ask(Txn.of(put("a", "1"), Txn.when(Is.absent("q")).otherwise(put("a", "2"))))
                .ask(Txn.of(Txn.of(put("a", "1")).otherwise(put("a", "2"))), Txn.of(delete("a"), Txn.of(put("a", "2"))))
                .ask(Txn.of(Txn.of(delete("a")), put("a", "1")), Txn.of(put("a", "1"), Txn.of(delete("a"))))
                .ask(
                        Txn.of(Txn.of(put("b", "1")).otherwise(delete("b"))),
                        Txn.of(Txn.of(delete("b")).otherwise(put("b", "1"))))
                .ask(
                        Txn.of(Txn.of(Txn.of(put("c", "1"))), put("c", "2")),
                        Txn.of(Txn.of(Txn.of(put("c", "1")), put("c", "2"))))
                .ask(everything())
                .end();
    }

    private static Program siblings() {
        return new Script(
                        "txn/siblings",
                        "siblings are looked at from left to right: put then delete passes, delete then put not")
                .puts("a")
                .ask(Txn.of(Txn.of(put("a", "1")), Txn.of(delete("a"))), everything())
                .ask(Txn.of(Txn.of(delete("a")), Txn.of(put("a", "1"))), everything())
                .ask(
                        Txn.of(Txn.of(put("a", "1")), Txn.of(put("a", "2"))),
                        Txn.of(Txn.of(delete("a")), Txn.of(delete("a"))))
                .ask(Txn.of(Txn.of(put("a", "1")), Txn.of(put("b", "2")), Txn.of(delete("a", "c"))), everything())
                .ask(Txn.of(Txn.of(Txn.of(delete("b"))), Txn.of(Txn.of(put("b", "1")))), everything())
                .end();
    }

    private static Object[] puts(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> put("k" + i, ""))
                .toArray();
    }

    private static Program operationLimit() {
        Object[] conditions =
                IntStream.range(0, 129).mapToObj(i -> Is.absent("x")).toArray();
        return new Script("txn/operationLimit", "128 conditions or operations in each place, not 129")
                .ask(Txn.of(puts(0, 128)), Txn.of(puts(0, 129)), Txn.when().otherwise(puts(0, 129)))
                .ask(Txn.when().then(puts(0, 128)).otherwise(puts(0, 128)))
                .ask(
                        conditions(conditions, 128),
                        conditions(conditions, 129),
                        everything().setCountOnly(true))
                .end();
    }

    private static Txn conditions(Object[] conditions, int count) {
        return Txn.when(IntStream.range(0, count).mapToObj(i -> conditions[i]).toArray(Compare.Builder[]::new));
    }

    private static Program nestedLimit() {
        Object[] half = IntStream.range(0, 64)
                .mapToObj(i -> i == 0 ? Txn.of(puts(100, 64)) : put("k" + i, ""))
                .toArray();
        Object[] half1 = half.clone();
        half1[0] = Txn.of(puts(100, 65));
        return new Script(
                        "txn/nestedLimit", "a transaction inside may use what its parent left of 128, each for itself")
                .ask(Txn.of(Txn.of(puts(0, 127))), Txn.of(Txn.of(puts(0, 128))), Txn.of(half), Txn.of(half1))
                .ask(Txn.of(Txn.of(puts(0, 100)), Txn.of(puts(100, 100))), Txn.of(Txn.of(Txn.of(puts(0, 126)))))
                .ask(Txn.of(Txn.of(Txn.of(puts(0, 127)))), everything().setCountOnly(true))
                .end();
    }

    private static Program emptyParts() {
        RequestOp nothing = RequestOp.getDefaultInstance();
        return new Script(
                        "txn/emptyParts",
                        "operations that are none, and keys that are none, in either branch and inside")
                .ask(
                        Txn.of(nothing),
                        Txn.when().otherwise(nothing),
                        Txn.of(Txn.of(nothing)),
                        Txn.of(put("a", "1"), nothing))
                .ask(
                        Txn.of(put("", "1")),
                        Txn.of(range("")),
                        Txn.of(delete("")),
                        Txn.when(Is.absent("")),
                        Txn.when().otherwise(delete("", "\0")))
                .ask(
                        Txn.of(Txn.when(Is.absent(""))),
                        Txn.when(Is.absent("a")).otherwise(Txn.of(range(""))),
                        everything())
                .end();
    }

    private static Program optionsInBothBranches() {
        return new Script(
                        "txn/optionsInBothBranches",
                        "options that contradict themselves are refused wherever they stand")
                .ask(
                        Txn.when().otherwise(put("a", "1").setIgnoreValue(true)),
                        Txn.of(put("a", "").setIgnoreLease(true).setLease(3)))
                .ask(
                        Txn.when().otherwise(range("a").setSortOrderValue(9)),
                        Txn.of(range("a").setSortTargetValue(9)))
                .ask(Txn.of(Txn.when().otherwise(put("a", "1").setIgnoreValue(true))), everything())
                .end();
    }

    private static Program leavesNoTrace() {
        return new Script("txn/leavesNoTrace", "one operation that cannot be done undoes all, and takes no revision")
                .ask(put("a", "1"), put("a", "2"), put("a", "3"), compact(3))
                .ask(Txn.of(put("b", "1"), put("c", "1").setLease(9)), everything())
                .ask(Txn.of(put("b", "1"), put("c", "").setIgnoreValue(true)), everything())
                .ask(
                        Txn.of(put("b", "1"), put("c", "").setIgnoreLease(true)),
                        Txn.of(put("b", ""), put("b2", "").setIgnoreValue(true)))
                .ask(
                        Txn.of(put("b", "1"), range("a").setRevision(9)),
                        Txn.of(put("b", "1"), range("a").setRevision(2)))
                .ask(
                        Txn.of(put("b", "1"), range("a").setRevision(5)),
                        Txn.of(delete("a"), range("a").setRevision(-1)))
                .ask(
                        Txn.of(delete("a"), Txn.of(put("b", "1").setLease(9))),
                        Txn.of(put("b", "1"), Txn.of(range("a").setRevision(6))))
                .ask(
                        everything(),
                        Txn.of(
                                put("b", "1"),
                                range("a").setRevision(4),
                                range("a").setRevision(3)),
                        everything())
                .end();
    }

    private static Program takenBranch() {
        return new Script(
                        "txn/takenBranch",
                        "revisions, leases and keys are looked at in the branch that runs, in no other")
                .ask(
                        Txn.of(range("a").setRevision(-1)),
                        put("a", "1"),
                        put("a", "2"),
                        range("a").setRevision(-1))
                .ask(
                        Txn.of(range("a").setRevision(-1)),
                        Txn.of(range("a").setRevision(-2)),
                        Txn.of(put("z", ""), range("a").setRevision(-1)))
                .ask(Txn.when(Is.present("a"))
                        .then(range("a"))
                        .otherwise(range("a").setRevision(99)))
                .ask(Txn.when(Is.present("a"))
                        .then(put("b", "1"))
                        .otherwise(put("b", "1").setLease(99)))
                .ask(
                        Txn.when(Is.present("a"))
                                .then(range("a"))
                                .otherwise(put("q", "").setIgnoreValue(true)),
                        compact(3))
                .ask(
                        Txn.of(range("a").setRevision(-1)),
                        range("a").setRevision(-1),
                        Txn.of(range("a").setRevision(2)))
                .ask(
                        Txn.when(Is.present("a"))
                                .then(range("a"))
                                .otherwise(range("a").setRevision(1)),
                        everything())
                .end();
    }

    private static Program refusalOrder() {
        return new Script("txn/refusalOrder", "which refusal comes first when several are due")
                .ask(put("a", "1"), grant(7, 10_000))
                .ask(
                        Txn.of(put("a", "1"), put("a", "1").setIgnoreValue(true)),
                        Txn.of(put("a", "1"), put("a", "1"), put("", "1")))
                .ask(
                        Txn.of(range("a").setRevision(99), put("q", "1").setLease(99)),
                        Txn.of(put("q", "1").setLease(99), range("a").setRevision(99)))
                .ask(
                        Txn.of(put("q", "").setIgnoreValue(true).setLease(99)),
                        Txn.of(put("q", "").setIgnoreLease(true).setIgnoreValue(true)))
                .ask(
                        Txn.when(Is.absent("")).then(puts(0, 129)),
                        Txn.of(put("", "1"), put("a", "1").setIgnoreValue(true)),
                        everything())
                .end();
    }
}
