package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;
import static io.tidemark.tests.conformance.Ask.revoke;

import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AlarmRequest.AlarmAction;
import io.tidemark.revision.etcd.proto.AlarmType;
import io.tidemark.revision.etcd.proto.DefragmentRequest;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.StatusRequest;
import java.util.List;

/** Alarms, defragmentation, checksums. */
final class MaintenanceCases {
    private MaintenanceCases() {}

    static List<Program> all() {
        return List.of(noSpace(), alarms(), defragment(), hashKv());
    }

    private static AlarmRequest.Builder alarm(AlarmAction action, AlarmType type) {
        return AlarmRequest.newBuilder().setAction(action).setAlarm(type);
    }

    private static Program noSpace() {
        return new Script(
                        "maintenance/noSpace",
                        "with NOSPACE raised whatever could grow is refused, whatever shrinks is not")
                .ask(
                        grant(7, 10_000),
                        put("a", "1"),
                        put("b", "1"),
                        put("c", "1").setLease(7))
                .ask(alarm(AlarmAction.ACTIVATE, AlarmType.NOSPACE), StatusRequest.newBuilder())
                .ask(
                        put("a", "2"),
                        grant(8, 10_000),
                        Txn.of(put("a", "2")),
                        Txn.when(Is.absent("x")).otherwise(put("a", "2")))
                .ask(
                        Txn.of(Txn.of(put("a", "2"))),
                        Txn.of(range("a")),
                        Txn.of(delete("a")),
                        Txn.of(),
                        Txn.of(delete("x")))
                .ask(range("b"), delete("b"), compact(3), revoke(7), put("", ""), Txn.of(put("", "")), everything())
                .ask(
                        alarm(AlarmAction.DEACTIVATE, AlarmType.NOSPACE),
                        put("a", "3"),
                        grant(8, 10_000),
                        StatusRequest.newBuilder())
                .end();
    }

    private static Program alarms() {
        return new Script("maintenance/alarms", "alarms raised twice, asked for and ended twice")
                .ask(alarm(AlarmAction.GET, AlarmType.NONE), alarm(AlarmAction.ACTIVATE, AlarmType.NOSPACE))
                .ask(alarm(AlarmAction.ACTIVATE, AlarmType.NOSPACE), alarm(AlarmAction.GET, AlarmType.NONE))
                .ask(alarm(AlarmAction.GET, AlarmType.NOSPACE), alarm(AlarmAction.GET, AlarmType.CORRUPT))
                .ask(alarm(AlarmAction.DEACTIVATE, AlarmType.CORRUPT), alarm(AlarmAction.DEACTIVATE, AlarmType.NOSPACE))
                .ask(alarm(AlarmAction.DEACTIVATE, AlarmType.NOSPACE), alarm(AlarmAction.GET, AlarmType.NONE))
                .end();
    }

    private static Program defragment() {
        return new Script("maintenance/defragment", "the answer has no header, and nothing has changed")
                .puts("a", "b")
                .ask(DefragmentRequest.newBuilder(), everything(), StatusRequest.newBuilder())
                .end();
    }

    private static Program hashKv() {
        HashKVRequest.Builder newest = HashKVRequest.newBuilder();
        return new Script("maintenance/hashKv", "checksums of keys at revisions, before and after a compaction")
                .ask(
                        newest,
                        grant(7, 10_000),
                        put("a", "1"),
                        newest,
                        put("b", "2").setLease(7),
                        newest,
                        put("a", "3"),
                        delete("b"))
                .ask(
                        newest,
                        newest.clone().setRevision(3),
                        newest.clone().setRevision(2),
                        newest.clone().setRevision(9))
                .ask(
                        newest.clone().setRevision(-1),
                        compact(4).setPhysical(true),
                        newest,
                        newest.clone().setRevision(4))
                .ask(newest.clone().setRevision(3), Txn.of(put("c", "1"), put("d", "1"), delete("a")), newest)
                .end();
    }
}
