package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;

import io.tidemark.revision.etcd.proto.Compare.CompareResult;
import java.util.List;

/** Compaction, and the requests of kube-apiserver. */
final class CompactCases {
    private CompactCases() {}

    static List<Program> all() {
        return List.of(
                twice(),
                ofNothing(),
                physical(),
                readsAfterwards(),
                tombstones(),
                kubernetesWrites(),
                kubernetesCompactor());
    }

    private static Program twice() {
        return new Script("compact/twice", "the same revision again, lower, higher, to come, zero, negative")
                .puts("a", "a", "a", "b")
                .ask(compact(3), compact(3), compact(2), compact(6), compact(0), compact(-1), compact(4), compact(5))
                .ask(compact(5), everything())
                .end();
    }

    private static Program ofNothing() {
        return new Script("compact/freshStore", "what can be compacted where nothing was written")
                .ask(compact(-1), compact(-2), compact(2), compact(0), compact(0), compact(1), compact(1), compact(2))
                .ask(put("a", "1"), compact(2), everything())
                .end();
    }

    private static Program physical() {
        return new Script("compact/physical", "physical answers as the other does, and refuses as it does")
                .puts("a", "a", "b")
                .ask(
                        compact(3).setPhysical(true),
                        compact(3).setPhysical(true),
                        compact(9).setPhysical(true))
                .ask(everything().setRevision(3), everything().setRevision(2))
                .end();
    }

    private static Program readsAfterwards() {
        Script script = new Script(
                        "compact/reads", "what was alive stays readable from the compacted revision on, nothing before")
                .ask(
                        put("a", "1"),
                        put("b", "1"),
                        put("a", "2"),
                        delete("b"),
                        put("c", "1"),
                        put("a", "3"),
                        delete("c"));
        for (long compacted : new long[] {4, 5, 7, 8}) {
            script.ask(compact(compacted));
            for (long revision = compacted - 1; revision <= 9; revision++) {
                script.ask(
                        everything().setRevision(revision),
                        everything().setCountOnly(true).setRevision(revision));
            }
            script.ask(everything());
        }
        return script.end();
    }

    private static Program tombstones() {
        return new Script("compact/tombstones", "keys deleted at, before and after the compacted revision")
                .ask(put("a", "1"), put("b", "1"), put("c", "1"), delete("a"), delete("b"), delete("c"), compact(6))
                .ask(
                        everything().setRevision(6),
                        everything().setRevision(7),
                        put("a", "2"),
                        put("b", "2"),
                        everything())
                .ask(compact(9), everything(), everything().setRevision(9))
                .end();
    }

    private static Program kubernetesWrites() {
        String pod = "/registry/pods/default/web";
        return new Script(
                        "kubernetes/writes",
                        "create, update and delete as kube-apiserver sends them, and their conflicts")
                .ask(Txn.when(Is.modified(pod, CompareResult.EQUAL, 0)).then(put(pod, "1")))
                .ask(Txn.when(Is.modified(pod, CompareResult.EQUAL, 0)).then(put(pod, "x")))
                .ask(Txn.when(Is.modified(pod, CompareResult.EQUAL, 2))
                        .then(put(pod, "2"))
                        .otherwise(range(pod)))
                .ask(Txn.when(Is.modified(pod, CompareResult.EQUAL, 2))
                        .then(put(pod, "x"))
                        .otherwise(range(pod)))
                .ask(Txn.when(Is.modified(pod, CompareResult.EQUAL, 2))
                        .then(delete(pod))
                        .otherwise(range(pod)))
                .ask(
                        range("/registry/pods"),
                        range("/registry/pods/", "/registry/pods0").setLimit(500))
                .ask(grant(7, 3660))
                .ask(Txn.when(Is.modified("/registry/events/e", CompareResult.EQUAL, 0))
                        .then(put("/registry/events/e", "1").setLease(7)))
                .ask(Txn.when(Is.modified(pod, CompareResult.EQUAL, 3))
                        .then(delete(pod))
                        .otherwise(range(pod)))
                .ask(Txn.when(Is.modified(pod, CompareResult.EQUAL, 3))
                        .then(delete(pod))
                        .otherwise(range(pod)))
                .ask(
                        range("/registry/", "/registry0").setCountOnly(true),
                        range(pod).setRevision(3),
                        everything())
                .end();
    }

    private static Program kubernetesCompactor() {
        String key = "compact_rev_key";
        return new Script("kubernetes/compactor", "several apiservers agree by one key's version who compacts")
                .puts("a", "a")
                .ask(Txn.when(Is.version(key, CompareResult.EQUAL, 0))
                        .then(put(key, "3"))
                        .otherwise(range(key)))
                .ask(Txn.when(Is.version(key, CompareResult.EQUAL, 0))
                        .then(put(key, "3"))
                        .otherwise(range(key)))
                .ask(
                        Txn.when(Is.version(key, CompareResult.EQUAL, 1))
                                .then(put(key, "4"))
                                .otherwise(range(key)),
                        compact(3))
                .ask(
                        Txn.when(Is.version(key, CompareResult.EQUAL, 1))
                                .then(put(key, "4"))
                                .otherwise(range(key)),
                        range(key))
                .end();
    }
}
